// @vitest-environment jsdom
// The sign for a picture that is not kept up.
import { drive } from "../../support/jobs/drive.ts";
import { act } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { ActiveActionIndicator } from "../../../src/react.ts";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { openListByHand } from "../../support/indicator/openListByHand.ts";
import {
  holdTime,
  indicatorName,
  indicatorText,
  passTime,
  recordIndicatorTexts,
} from "../../support/indicator/renderIndicator.tsx";
import { renderWithStore } from "../../support/indicator/renderWithStore.tsx";

beforeEach(holdTime);

function renderLost() {
  const store = createActivityStore();
  drive(store).setConnectionStatus("builds", "live");
  const set = (status: "live" | "lost") =>
    act(() => drive(store).setConnectionStatus("runs", status));
  set("live");
  renderWithStore(<ActiveActionIndicator />, store);
  set("lost");
  return { set, store };
}

it("comes after five seconds without the source, in the name too", () => {
  renderLost();
  passTime(4_999);
  expect(indicatorText()).toBe("Idle");
  passTime(1);
  expect(indicatorText()).toBe("Idle last known");
  expect(indicatorName()).toBe("Idle, last known. No known actions");
});

const notice = () => document.querySelector('[data-part="notice"] p')?.textContent;

it("is said in the list too, though the other source is live", () => {
  renderLost();
  openListByHand(document.body);
  expect(notice()).toBeUndefined();
  passTime(5_000);
  expect(notice()).toMatch(/^Last known, from \d\d:\d\d\. Reconnecting…$/);
});

it("goes at once when the source is back", () => {
  const { set } = renderLost();
  passTime(6_000);
  set("live");
  expect(indicatorText()).toBe("Idle");
});

it("waits anew when the source is lost once more", () => {
  const { set } = renderLost();
  passTime(6_000);
  set("live");
  passTime(1_000);
  set("lost");
  passTime(4_999);
  expect(indicatorText()).toBe("Idle");
  passTime(1);
  expect(indicatorText()).toBe("Idle last known");
});

it("does not come for a source that was back in time", () => {
  const { set } = renderLost();
  passTime(4_000);
  set("live");
  passTime(10_000);
  expect(indicatorText()).toBe("Idle");
});

it("stays without a blink when the older of two lost sources is back", async () => {
  const { set, store } = renderLost();
  const texts = recordIndicatorTexts();
  passTime(1_000);
  act(() => drive(store).setConnectionStatus("builds", "lost"));
  passTime(9_000);
  set("live");
  expect(indicatorText()).toBe("Idle last known");
  passTime(10_000);
  // What the observer has seen is delivered in a microtask.
  await Promise.resolve();
  expect(texts.slice(1)).toEqual(["Idle last known"]);
});

it("goes, and comes back, when the older is back while the other is lost for a moment only", () => {
  const { set, store } = renderLost();
  passTime(9_000);
  act(() => drive(store).setConnectionStatus("builds", "lost"));
  passTime(1_000);
  set("live");
  expect(indicatorText()).toBe("Idle");
  passTime(4_000);
  expect(indicatorText()).toBe("Idle last known");
});
