import { hasLasted } from "../../store/elapsed.ts";

/** For how long a control takes no click after what it does has changed, in ms: a double click is over. */
const guardMs = 600;

const guarded = new WeakSet<Element>();

/**
 * Keeps a click from doing what nobody meant: for 600 ms after a button inside of `element` has
 * appeared, changed its name or moved, it takes no click, and of repeated clicks on one within 600 ms
 * the first alone counts. So a double click on Start does not stop what it has started, and one on a
 * row does not act on the row that takes its place, nor follow the link that is there once it has gone.
 *
 * Give it as `ref` to whatever holds the buttons. It lasts as long as the element.
 */
export function guardClicks(element: HTMLElement | null): void {
  if (!element || guarded.has(element)) return;
  guarded.add(element);
  let places = placesIn(element);
  let pressedAt: number | undefined;
  const changedAt = new WeakMap<Element, number>();

  const observer = new MutationObserver(() => {
    const next = placesIn(element);
    for (const [button, place] of next)
      if (places.get(button) !== place) changedAt.set(button, Date.now());
    places = next;
  });
  observer.observe(element, {
    childList: true,
    subtree: true,
    attributeFilter: ["aria-label", "aria-disabled", "disabled"],
  });

  element.addEventListener(
    "click",
    (event) => {
      const now = Date.now();
      const button = event.target instanceof Element ? event.target.closest("button") : null;
      const since = button ? changedAt.get(button) : pressedAt;
      if (since !== undefined && !hasLasted(since, now, guardMs)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      } else if (button) {
        changedAt.set(button, now);
        pressedAt = now;
      }
    },
    { capture: true },
  );
}

/** What each button does and where it is, whatever is scrolled. */
function placesIn(element: HTMLElement): Map<Element, string> {
  const origin = element.getBoundingClientRect();
  return new Map(
    [...element.querySelectorAll("button")].map((button) => {
      const { left, top } = button.getBoundingClientRect();
      const x = Math.round(left - origin.left + element.scrollLeft);
      const y = Math.round(top - origin.top + element.scrollTop);
      return [button, `${button.ariaLabel ?? button.textContent} ${x} ${y}`];
    }),
  );
}
