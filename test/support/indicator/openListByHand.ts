import { act } from "@testing-library/react";
import { openList } from "../../../src/testing.ts";

/** Opens or closes the list of the indicator in `container`. */
export function openListByHand(container: Element, newState: "open" | "closed" = "open"): void {
  act(() => openList(container, newState));
}
