// What a screen reader is told: the texts of the live region, one after the other.
import { act } from "@testing-library/react";
import { createElement } from "react";
import { beforeEach, expect, it } from "vitest";
import { ActiveActionIndicator } from "../../src/react.ts";
import { play, tenMinutes } from "../support/indicatorScript.ts";
import { build, many } from "../support/jobs.ts";
import { holdTime, passTime } from "../support/renderIndicator.tsx";
import { renderWithStore } from "../support/renderWithStore.tsx";

beforeEach(holdTime);

it("in ten minutes a screen reader is told each fact once, and no more than one text in 2 s", () => {
  const { store, container } = renderWithStore(createElement(ActiveActionIndicator));
  openList(container);
  const region = container.querySelector('[role="status"]');
  const told: Array<{ ms: number; text: string }> = [];
  play(store, tenMinutes, (ms) => {
    const text = region?.textContent ?? "";
    if (text !== (told.at(-1)?.text ?? "")) told.push({ ms, text });
  });

  expect(told.map(({ text }) => text.trim())).toEqual([
    "Build · shop queued.",
    "Build · shop started.",
    "Build · shop failed: tsc exited with 2.",
    "Build · shop started.",
    // The same words again, with a space that has a screen reader say them.
    "Build · shop started.",
    "Build · shop succeeded. Build · shop succeeded.",
    "Connection lost. What is shown is last known.",
    "Connection restored.",
    "Stopping server • docs started.",
    "Server · docs stopped. Stopping server • docs ended.",
    `${"Build · shop started. ".repeat(5)}And 35 more.`,
    `Build · shop failed. ${"Build · shop succeeded. ".repeat(4)}And 35 more.`,
    "Build · shop started.",
    "Build · shop is gone.",
    "Server · docs started.",
  ]);
  const pauses = told.slice(1).map(({ ms }, index) => ms - (told[index]?.ms ?? 0));
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(2_000);
}, 20_000);

it("the time that ticks in the open list is outside of what is heard", () => {
  const { store, container } = renderWithStore(createElement(ActiveActionIndicator));
  act(() => {
    store.getState().setConnectionStatus("builds", "live");
  });
  passTime(3_000);
  act(() => store.getState().applyJobUpdates([build("1", "running")]));
  openList(container);
  const heard: string[] = [];
  const region = container.querySelector('[role="status"]');
  for (const _ of many(60, String)) {
    passTime(1_000);
    if (region?.textContent !== heard.at(-1)) heard.push(region?.textContent ?? "");
  }
  expect(container.querySelector("time")?.textContent).toBe("1:00");
  expect(heard).toEqual(["", "Build · shop started."]);
});

// There are no popovers here: it is told that its own has opened.
function openList(container: Element): void {
  const event = Object.assign(new Event("toggle"), { newState: "open" });
  act(() => void container.querySelector("[popover]")?.dispatchEvent(event));
}
