import { type RefObject, useEffect, useRef } from "react";
import { isElement, isNowhere } from "./focus.ts";

/** Where the focus is in a list, so that it can be found again once its place is gone. */
interface Place {
  readonly element: Element;
  readonly key: string | undefined;
  readonly index: number;
}

/**
 * Keeps the focus in a list whose rows (`li`, with the job's key as `data-key`) come and go: what
 * had it may vanish when a job ends or is dismissed. It follows the job to its new row, else goes
 * to the row that took the place, else to the element around the list.
 *
 * It goes to a link or to a row and never to another button: a key that is held down would press
 * that one too.
 */
export function useKeptFocus(): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  const place = useRef<Place>(undefined);

  useEffect(() => {
    const { current: element } = list;
    if (!element) return undefined;
    const note = ({ target }: FocusEvent) => {
      if (isElement(target)) place.current = placeOf(target, element);
    };
    // Whatever renders it: a section shows more, or a reason unfolds, without the list around it.
    const observer = new MutationObserver(() => {
      const { current: lost } = place;
      if (!lost) return;
      if (element.contains(lost.element)) {
        place.current = placeOf(lost.element, element);
      } else {
        place.current = undefined;
        // The user may have gone elsewhere meanwhile, and is left there.
        if (isNowhere(element)) successorOf(lost, element)?.focus();
      }
    });
    observer.observe(element, { childList: true, subtree: true });
    element.addEventListener("focusin", note);
    return () => {
      observer.disconnect();
      element.removeEventListener("focusin", note);
    };
  }, []);

  return list;
}

function rowsOf(list: Element): HTMLElement[] {
  return [...list.querySelectorAll("li")];
}

function placeOf(element: Element, list: Element): Place {
  const row = element.closest("li");
  // Of a button between rows, the row after it: what it shows more of comes there.
  const isBefore = (other: Element) =>
    other !== row &&
    (other.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) > 0;
  return { element, key: row?.dataset["key"], index: rowsOf(list).filter(isBefore).length };
}

function successorOf({ element, key, index }: Place, list: Element): HTMLElement | null {
  const rows = rowsOf(list);
  const same = rows.find((row) => key !== undefined && row.dataset["key"] === key);
  const link = element.localName === "a" ? same?.querySelector("a") : undefined;
  return link ?? same ?? rows[index] ?? rows.at(-1) ?? list.closest<HTMLElement>("[popover]");
}
