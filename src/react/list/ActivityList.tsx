import { useCallback, useEffect, useInsertionEffect, useRef, useState } from "react";
import { useLabels } from "../IndicatorOptions.ts";
import { isElement, isNowhere } from "./focus.ts";
import type * as openList from "./OpenList.tsx";

/** The code of what the list shows while it is open, which no page needs for its first paint. */
type ListCode = Pick<typeof openList, "OpenList">;

let loaded: ListCode | undefined;

/** Gives the code that is there already, as in a test, which cannot wait for it. */
export function provideList(code: ListCode): void {
  loaded = code;
}

async function loadList(): Promise<ListCode> {
  loaded ??= await import("./OpenList.tsx");
  return loaded;
}

/** The list behind the chip: a native popover, empty for as long as it is closed. */
export function ActivityList() {
  const labels = useLabels();
  const [isOpen, setIsOpen] = useState(false);
  const code = useListCode(isOpen);
  const listening = useRef<AbortController>(undefined);
  // As soon as it is there, since the chip can open it from then on.
  const take = useCallback((list: HTMLElement | null) => {
    if (list) listening.current ??= listen(list, setIsOpen);
  }, []);
  // Not by the ref, which React takes away as well while a Suspense around the header hides it.
  useInsertionEffect(() => () => listening.current?.abort(), []);

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

// The code is loaded after the first render, and not once the list is opened: a user may open it because
// the network is away, and Firefox asks no second time for a module that it did not get. An error is
// dropped then. Opening the list tries again, and an error of that surfaces as uncaught.
function useListCode(isOpen: boolean): ListCode | undefined {
  const [code, setCode] = useState(loaded);
  useEffect(() => {
    if (!isOpen) loadList().catch(() => {});
    else if (!code) void loadList().then(setCode);
  }, [isOpen, code]);
  return code ?? loaded;
}

// By hand, since React keeps the attribute to itself.
function focusFirst(heading: HTMLElement | null): void {
  heading?.setAttribute("autofocus", "");
}

/** Follows what opens and closes a list, by hand, since React 18 does not know the events of a popover. */
function listen(list: HTMLElement, onToggle: (isOpen: boolean) => void): AbortController {
  const listening = new AbortController();
  const { signal } = listening;
  // Not the script's own: a host may render into another window.
  const page = list.ownerDocument;
  let isPointed = false;
  let isOpen = false;
  const note = ({ type }: Event) => {
    isPointed = type === "pointerdown";
  };
  const follow = (event: Event) => {
    isOpen = Reflect.get(event, "newState") === "open";
    if (isOpen) {
      onToggle(true);
      // Only now it is known to be in its tree, out of which focus events inside of it do not come.
      list.getRootNode().addEventListener("focusin", noteFocus, { signal });
    } else if (event.type === "toggle") {
      // Who clicks elsewhere goes on from there.
      if (!isPointed) giveFocusBack(list);
      void empty();
    }
  };
  // It is emptied only once it is gone: until then it holds the focus that is to go back, and fades
  // out with its rows.
  const empty = async () => {
    const fading = "getAnimations" in list ? list.getAnimations() : [];
    if (fading.length > 0) await Promise.allSettled(fading.map(({ finished }) => finished));
    const isOpenAgain = fading.length > 0 && list.matches(":popover-open");
    if (!isOpenAgain) onToggle(false);
  };
  const close = () => {
    if (isOpen && "hidePopover" in list) list.hidePopover();
  };
  // Whoever goes on with Tab must not land on what lies under the list (WCAG 2.2, 2.4.11), nor a screen
  // reader that reads on past it, whose focus was nowhere meanwhile. A click in a frame reaches that
  // frame's page alone: all that is seen of it here is where the focus went.
  const leaveFor = (next: EventTarget | null) => {
    if (!isElement(next) || list.contains(next)) return;
    if (Reflect.get(next, "popoverTargetElement") !== list) close();
  };
  const noteLeft = ({ relatedTarget }: FocusEvent) => leaveFor(relatedTarget);
  const noteFocus = ({ target }: Event) => leaveFor(target);
  // Only after the event do all browsers say what has the focus.
  const leaveForFrame = () => setTimeout(() => isInFrame(page) && close());

  for (const type of ["beforetoggle", "toggle"]) list.addEventListener(type, follow, { signal });
  for (const type of ["pointerdown", "keydown"])
    page.addEventListener(type, note, { signal, capture: true });
  list.addEventListener("focusout", noteLeft, { signal });
  page.defaultView?.addEventListener("blur", leaveForFrame, { signal });
  return listening;
}

// A screen reader that was reading in the list has no focus in it, and then the browser gives none back.
function giveFocusBack(list: HTMLElement): void {
  if (!isNowhere(list) && !list.matches(":focus-within")) return;
  list.parentElement?.querySelector("button")?.focus({ preventScroll: true });
}

function isInFrame({ activeElement }: Document): boolean {
  return activeElement?.matches("iframe, object, embed") === true;
}
