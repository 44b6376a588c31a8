import { expect, it } from "vitest";
import { formatAgo } from "../../src/app/time/formatAgo.ts";

const minute = 60_000;

it.each([
  [59_000, "just now"],
  [minute, "1 min ago"],
  [59.9 * minute, "59 min ago"],
  [150 * minute, "2 h ago"],
  [25 * 60 * minute, "1 d ago"],
  [-3 * minute, "just now"],
])("a time that is %i ms past reads %s, as in the indicator", (passed, text) => {
  expect(formatAgo(1_000_000_000 - passed, 1_000_000_000)).toBe(text);
});
