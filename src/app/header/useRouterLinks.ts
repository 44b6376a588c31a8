import { type RefObject, useEffect, useRef } from "react";
import { useNavigate } from "react-router";

/**
 * Lets the router follow the plain links in an element, so that the page is not loaded anew, and
 * closes the popover that such a link is in. What the browser opens elsewhere is left to it.
 */
export function useRouterLinks<Container extends HTMLElement>(): RefObject<Container | null> {
  const container = useRef<Container>(null);
  const navigate = useNavigate();

  useEffect(() => {
    function follow(event: MouseEvent): void {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (link === null || !isPlainClick(event)) return;
      event.preventDefault();
      link.closest<HTMLElement>("[popover]")?.hidePopover();
      void navigate(link.pathname + link.search + link.hash);
    }

    const element = container.current;
    element?.addEventListener("click", follow);
    return () => element?.removeEventListener("click", follow);
  }, [navigate]);

  return container;
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}
