import { act } from "@testing-library/react";

/** Tells the indicator in `container` that its list has opened or closed: jsdom has no popovers. */
export function openListByHand(container: Element, newState: "open" | "closed" = "open"): void {
  const event = Object.assign(new Event("toggle"), { newState });
  act(() => void container.querySelector("[popover]")?.dispatchEvent(event));
}
