// The sign for a picture that is not kept up.
import { act } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { ActiveActionIndicator } from "../../src/react.ts";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { openListByHand } from "../support/openListByHand.ts";
import { holdTime, indicatorName, indicatorText, passTime } from "../support/renderIndicator.tsx";
import { renderWithStore } from "../support/renderWithStore.tsx";

beforeEach(holdTime);

function renderLost() {
  const store = createActivityStore();
  store.getState().setConnectionStatus("builds", "live");
  const set = (status: "live" | "lost") =>
    act(() => store.getState().setConnectionStatus("runs", status));
  set("live");
  renderWithStore(<ActiveActionIndicator />, store);
  set("lost");
  return { set };
}

it("comes after five seconds without the source, in the name too", () => {
  renderLost();
  passTime(4_999);
  expect(indicatorText()).toBe("Idle");
  passTime(1);
  expect(indicatorText()).toBe("Idle last known");
  expect(indicatorName()).toContain("Idle last known");
});

it("is said in the list too, though the other source is live", () => {
  renderLost();
  openListByHand(document.body);
  expect(document.querySelector(".active-indicator-footer")?.textContent).toBe("Last known.");
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
