import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * Gives the focus to what `find` finds once the element around it has left the page. The browser
 * would leave it nowhere, and whoever uses the keyboard would begin again at the page's top.
 */
export function useFocusPassedOn<Left extends HTMLElement>(
  find: () => HTMLElement | null | undefined,
): RefObject<Left | null> {
  const ref = useRef<Left>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    return () => {
      if (!element?.contains(document.activeElement)) return;
      // What comes in its place is there only after this; and Strict Mode, like a new `find`, runs
      // this while the element stays.
      queueMicrotask(() => {
        if (element.isConnected || document.activeElement !== document.body) return;
        find()?.focus();
      });
    };
  }, [find]);
  return ref;
}

/** The heading of the page. */
export function findPageHeading(): HTMLElement | null {
  return document.querySelector<HTMLElement>("main h1");
}
