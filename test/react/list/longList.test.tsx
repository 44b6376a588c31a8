// A list of more than anybody reads.
import { fireEvent, screen } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { ActiveActionIndicator } from "../../../src/react.ts";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { openListByHand } from "../../support/indicator/openListByHand.ts";
import { holdTime, passTime } from "../../support/indicator/renderIndicator.tsx";
import { renderWithStore } from "../../support/indicator/renderWithStore.tsx";
import { drive } from "../../support/jobs/drive.ts";
import { build, many } from "../../support/jobs/jobs.ts";

beforeEach(holdTime);

function renderLong(count: number) {
  const store = createActivityStore();
  drive(store).applyJobUpdates(many(count, (n) => build(`${n}`, "running")));
  const { container } = renderWithStore(<ActiveActionIndicator />, store);
  openListByHand(container);
  return { store, rows: () => [...container.querySelectorAll("li")] };
}

it("shows five rows of a section, and fifty more on demand", () => {
  const { rows } = renderLong(120);
  expect(rows()).toHaveLength(5);
  fireEvent.click(screen.getByText("115 more"));
  expect(rows()).toHaveLength(55);
});

it("renders nothing anew but the time when the clock ticks", () => {
  const { rows } = renderLong(3);
  const changed: Node[] = [];
  const observer = new MutationObserver((records) => {
    changed.push(...records.map(({ target }) => target));
  });
  for (const row of rows())
    observer.observe(row, { subtree: true, childList: true, characterData: true });
  passTime(1_000);
  changed.push(...observer.takeRecords().map(({ target }) => target));
  const elements = changed.map((node) => (node instanceof Element ? node : node.parentElement));
  expect(elements.map((element) => element?.localName)).toEqual(Array(6).fill("span"));
});
