import { useCallback, useEffect, useState } from "react";
import { useActivityStore } from "../hooks/useActivity.ts";
import { useLabels } from "../IndicatorOptions.ts";
import { markAsRead } from "./listView.ts";
import { OpenList } from "./OpenList.tsx";

/** The list behind the chip: a native popover, empty for as long as it is closed. */
export function ActivityList() {
  const labels = useLabels();
  const [list, setList] = useState<HTMLElement | null>(null);
  const take = useCallback((element: HTMLElement | null) => {
    // By hand, since React keeps it to itself: what has opened takes the focus, and is read.
    element?.setAttribute("autofocus", "");
    setList(element);
  }, []);
  const [isOpen, setIsOpen] = useState(false);
  useReadWhileOpen(isOpen);

  useEffect(() => {
    // By hand, since React 18 does not know the events of a popover.
    const follow = (event: Event) => {
      const isOpening = Reflect.get(event, "newState") === "open";
      // It is emptied only once it has closed: until then it holds the focus that is to go back.
      if (isOpening || event.type === "toggle") setIsOpen(isOpening);
    };
    for (const type of ["beforetoggle", "toggle"]) list?.addEventListener(type, follow);
    return () => {
      for (const type of ["beforetoggle", "toggle"]) list?.removeEventListener(type, follow);
    };
  }, [list]);
  useClosedBehind(list);

  return (
    <div
      ref={take}
      popover="auto"
      className="active-indicator-list"
      data-part="list"
      role="dialog"
      aria-label={labels.listTitle}
      // So that it can take the focus when it opens, and that of the last row that goes.
      tabIndex={-1}
    >
      {isOpen && <OpenList />}
    </div>
  );
}

// Whoever goes on with Tab must not land on what lies under the list (WCAG 2.2, 2.4.11), and a click
// in a frame reaches that frame's page alone: all that is seen of it here is where the focus went.
function useClosedBehind(list: HTMLElement | null): void {
  useEffect(() => {
    const leave = ({ relatedTarget: next }: FocusEvent) => {
      if (!(next instanceof Element) || list?.contains(next)) return;
      if (Reflect.get(next, "popoverTargetElement") !== list) list?.hidePopover();
    };
    // Only after the event do all browsers say what has the focus.
    const leaveForFrame = () => setTimeout(() => isInFrame() && list?.hidePopover());
    list?.addEventListener("focusout", leave);
    window.addEventListener("blur", leaveForFrame);
    return () => {
      list?.removeEventListener("focusout", leave);
      window.removeEventListener("blur", leaveForFrame);
    };
  }, [list]);
}

function isInFrame(): boolean {
  return document.activeElement?.matches("iframe, object, embed") === true;
}

// Whatever is in an open list has been looked at, also what ends while it is open; but not while
// its tab is in the background, where nobody looks.
function useReadWhileOpen(isOpen: boolean): void {
  const store = useActivityStore();
  useEffect(() => {
    if (!isOpen) return undefined;
    const read = () => {
      if (document.visibilityState === "hidden") return;
      markAsRead(store);
    };
    read();
    document.addEventListener("visibilitychange", read);
    const unsubscribe = store.subscribe(read);
    return () => {
      document.removeEventListener("visibilitychange", read);
      unsubscribe();
    };
  }, [isOpen, store]);
}
