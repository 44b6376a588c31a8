import { useCallback, useEffect, useState } from "react";
import { useLabels } from "../IndicatorOptions.ts";
import { type ListCode, loadedList, loadList } from "./listCode.ts";

/** The list behind the chip: a native popover, empty for as long as it is closed. */
export function ActivityList() {
  const labels = useLabels();
  const [list, setList] = useState<HTMLElement | null>(null);
  const take = useCallback((element: HTMLElement | null) => setList(element), []);
  const [isOpen, setIsOpen] = useState(false);
  const code = useListCode(isOpen);

  useEffect(() => {
    let isPointed = false;
    const note = ({ type }: Event) => {
      isPointed = type === "pointerdown";
    };
    // By hand, since React 18 does not know the events of a popover.
    const follow = (event: Event) => {
      const isOpening = Reflect.get(event, "newState") === "open";
      // It is emptied only once it has closed: until then it holds the focus that is to go back.
      if (isOpening || event.type === "toggle") setIsOpen(isOpening);
      // Who clicks elsewhere goes on from there.
      if (!isOpening && event.type === "toggle" && !isPointed) giveFocusBack(list);
    };
    for (const type of ["beforetoggle", "toggle"]) list?.addEventListener(type, follow);
    for (const type of ["pointerdown", "keydown"]) document.addEventListener(type, note, true);
    return () => {
      for (const type of ["beforetoggle", "toggle"]) list?.removeEventListener(type, follow);
      for (const type of ["pointerdown", "keydown"]) document.removeEventListener(type, note, true);
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
      // So that it can take the focus of the last row that goes.
      tabIndex={-1}
    >
      {/* It takes the focus: of the list itself a screen reader would read all rows in one breath. */}
      <h2 ref={focusFirst} tabIndex={-1} className="active-indicator-hidden">
        {labels.listTitle}
      </h2>
      {isOpen && code && <code.OpenList />}
    </div>
  );
}

// What keeps it from loading surfaces as uncaught, and it is tried again when the list is next opened.
function useListCode(isOpen: boolean): ListCode | undefined {
  const [code, setCode] = useState(loadedList);
  useEffect(() => {
    if (isOpen && !code) void loadList().then(setCode);
  }, [isOpen, code]);
  return code ?? loadedList();
}

// By hand, since React keeps the attribute to itself.
function focusFirst(heading: HTMLElement | null): void {
  heading?.setAttribute("autofocus", "");
}

// A screen reader that was reading in the list has no focus in it, and then the browser gives none back.
function giveFocusBack(list: HTMLElement | null): void {
  const root = list?.getRootNode();
  if (!(root instanceof Document || root instanceof ShadowRoot)) return;
  const { activeElement } = root;
  const isElsewhere = activeElement !== null && activeElement !== document.body;
  if (isElsewhere && !list?.contains(activeElement)) return;
  list?.parentElement?.querySelector("button")?.focus({ preventScroll: true });
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
