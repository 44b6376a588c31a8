import { hasLasted } from "../../store/elapsed.ts";
import { isElement } from "./focus.ts";

/** For how long a control takes no click after what it does has changed, in ms: a double click is over. */
const guardMs = 600;

const guarded = new WeakSet<Element>();

/** What a control is: what it does, and where it is. */
interface Control {
  readonly name: string;
  readonly place: string;
}

/**
 * Keeps a click from doing what nobody meant: for 600 ms after a button or a link inside of `element`
 * has appeared, changed its name or moved, it takes no click, and of repeated clicks on one within
 * 600 ms the first alone counts. So a double click on Start does not stop what it has started, and one
 * on a row does not act on the row that takes its place, nor follow the link that is there once a
 * button has gone. To a key it is no matter where a button is.
 *
 * Give it as `ref` to whatever holds the controls. It lasts as long as the element.
 */
export function guardClicks(element: HTMLElement | null): void {
  if (!element || guarded.has(element)) return;
  guarded.add(element);
  let controls = controlsIn(element);
  let pressedAt: number | undefined;
  const renamedAt = new WeakMap<Element, number>();
  const movedAt = new WeakMap<Element, number>();

  const observer = new MutationObserver((records) => {
    // A time that ticks beside the buttons moves none of them.
    if (!records.some(({ type, target }) => type !== "characterData" || isInControl(target)))
      return;
    const before = controls;
    controls = controlsIn(element);
    for (const [control, { name, place }] of controls) {
      const was = before.get(control);
      if (was?.name !== name) renamedAt.set(control, Date.now());
      if (was?.place !== place) movedAt.set(control, Date.now());
    }
  });
  observer.observe(element, {
    childList: true,
    characterData: true,
    subtree: true,
    attributeFilter: ["aria-label"],
  });

  // What the user moves, by scrolling or with the window, is where the user sees it; and what opens
  // has had no place before.
  const look = () => {
    controls = controlsIn(element);
  };
  element.addEventListener("scroll", look, { capture: true, passive: true });
  if ("ResizeObserver" in window) new ResizeObserver(look).observe(element);

  element.addEventListener(
    "click",
    (event) => {
      const control = isElement(event.target) ? event.target.closest(selector) : null;
      if (!control) return;
      const isButton = control.localName === "button";
      const isByKey = event.detail === 0;
      const isMeant =
        isByKey || !(isRecent(movedAt.get(control)) || (!isButton && isRecent(pressedAt)));
      if (isRecent(renamedAt.get(control)) || !isMeant) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      renamedAt.set(control, Date.now());
      if (isButton) pressedAt = Date.now();
    },
    { capture: true },
  );
}

const selector = "button, a[href]";

function isRecent(at: number | undefined): boolean {
  return at !== undefined && !hasLasted(at, Date.now(), guardMs);
}

function isInControl({ parentElement }: Node): boolean {
  return Boolean(parentElement?.closest(selector));
}

function controlsIn(element: HTMLElement): Map<Element, Control> {
  const origin = element.getBoundingClientRect();
  return new Map(
    [...element.querySelectorAll(selector)].map((control) => {
      const { left, top } = control.getBoundingClientRect();
      const place = `${Math.round(left - origin.left)} ${Math.round(top - origin.top)}`;
      return [control, { name: control.ariaLabel ?? control.textContent ?? "", place }];
    }),
  );
}
