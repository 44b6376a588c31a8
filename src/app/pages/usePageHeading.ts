import { createContext, type RefObject, useContext, useEffect, useRef } from "react";
import { NavigationType, useNavigationType } from "react-router";
import { type Arrivals, createArrivals } from "./arrivals.ts";

const productName = "Active Indicator";

/** The context that holds the memory of the page before. */
export const ArrivalsContext = createContext<Arrivals>(createArrivals());

/**
 * Gives the browser the page's title and, on arrival from another page, the focus to its heading,
 * so that the next Tab and a screen reader begin there. Some say nothing of that: a region says the
 * name of the page too. The first page leaves the focus alone; one
 * that is gone back to is where the browser remembers it.
 */
export function usePageHeading(name: string, title: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const arrivals = useContext(ArrivalsContext);
  const navigation = useNavigationType();

  useEffect(() => {
    document.title = `${title} · ${productName}`;
  }, [title]);

  useEffect(() => {
    if (!arrivals.arrive(name, title)) return;
    if (!hasFocusInside(heading.current?.closest("main"))) {
      heading.current?.focus({ preventScroll: true });
    }
    if (navigation !== NavigationType.Pop) document.documentElement.scrollTop = 0;
  }, [name, title, arrivals, navigation]);

  return heading;
}

// A page that has put the focus where it is needed, as the sign-in page does, keeps it there.
function hasFocusInside(main: HTMLElement | null | undefined): boolean {
  const focused = document.activeElement;
  return focused !== main && main?.contains(focused) === true;
}
