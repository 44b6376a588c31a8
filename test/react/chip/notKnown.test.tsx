// @vitest-environment jsdom
// Before every source has answered once: nothing claims that nothing is going on.
import { drive } from "../../support/jobs/drive.ts";
import { act, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { ActiveActionIndicator, type IndicatorLabels } from "../../../src/react.ts";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import type { SourceStatus } from "../../../src/store/connection.ts";
import { build, run } from "../../support/jobs/jobs.ts";
import { openListByHand } from "../../support/indicator/openListByHand.ts";
import {
  holdTime,
  indicator,
  indicatorName,
  indicatorText,
  passTime,
} from "../../support/indicator/renderIndicator.tsx";
import { renderWithStore } from "../../support/indicator/renderWithStore.tsx";

beforeEach(holdTime);

function renderConnecting(labels?: Partial<IndicatorLabels>) {
  const store = createActivityStore();
  const set = (source: "runs" | "builds", status: SourceStatus | "off", error?: string) =>
    act(() => drive(store).setConnectionStatus(source, status, error));
  set("runs", "connecting");
  set("builds", "connecting");
  const { container } = renderWithStore(<ActiveActionIndicator labels={labels} />, store);
  const textOf = (selector: string) => container.querySelector(selector)?.textContent;
  return {
    store,
    set,
    listed: () => textOf(".active-indicator-nothing"),
    notice: () => textOf('[data-part="notice"] p'),
    heard: () => textOf("[aria-live]"),
    open: () => openListByHand(container),
  };
}

describe("until every source has answered once", () => {
  it("the chip, its name and the list say that it is not known", () => {
    const { set, open, listed } = renderConnecting();
    open();
    const shown = () => [indicatorText(), indicatorName(), listed()];
    const unknown = [
      "Checking…",
      "Checking… Not known yet what is running.",
      "Not known yet what is running.",
    ];
    expect(shown()).toEqual(unknown);
    set("runs", "live");
    expect(shown()).toEqual(unknown);
    set("builds", "live");
    expect(shown()).toEqual(["Idle", "Idle", "Nothing is running What runs shows here."]);
  });

  it("the chip is as quiet as an idle one", () => {
    const { set } = renderConnecting();
    expect(indicator().dataset).toMatchObject({ busy: "false", unknown: "true" });
    expect(indicator().querySelector("[data-sign]")?.getAttribute("data-sign")).toBe("lost");
    set("runs", "live");
    set("builds", "live");
    expect(indicator().dataset).toMatchObject({ busy: "false", unknown: "false" });
  });

  it("what is known to be going on shows as ever", () => {
    const { store } = renderConnecting();
    act(() => void drive(store).applyJobSnapshot("run", [run("1", "running")]));
    expect(indicatorText()).toBe("Server running (shop)");
    expect(indicatorName()).toBe("Server running (shop)");
    act(() => drive(store).applyJobUpdates([run("1", "stopped")]));
    passTime();
    expect(indicatorText()).toBe("Checking…");
  });

  it("a source that is lost before its first answer is no more known for that", () => {
    const { set, open, listed, notice } = renderConnecting();
    set("runs", "live");
    set("builds", "lost", "Builds: HTTP 502");
    passTime(60_000);
    open();
    expect(indicatorText()).toBe("Checking…");
    expect(listed()).toBe("Not known yet what is running.");
    expect(notice()).toBe("No answer so far. Reconnecting…");
    set("builds", "live");
    set("builds", "lost");
    expect(indicatorText()).toBe("Idle");
  });

  it("nothing is heard of it unless it lasts for five seconds, and then once", () => {
    const { set, heard } = renderConnecting();
    passTime(4_000);
    expect(heard()).toBe("");
    passTime(4_000);
    expect(heard()).toBe("Not known yet what is running.");
    set("runs", "lost", "HTTP 502");
    passTime(60_000);
    expect(heard()).toBe("");
    set("runs", "live");
    set("builds", "live");
    passTime(2_000);
    expect(heard()).toBe("Connection restored.");
  });

  it("all is said in the host's own words", () => {
    const { open, listed } = renderConnecting({ unknown: "Moment…", notKnown: "Noch offen." });
    open();
    const chip = screen.getByRole("button", { name: "Moment… Noch offen." });
    expect(chip.textContent).toBe("Moment…");
    expect(listed()).toBe("Noch offen.");
  });
});

it("without any sync it says that nothing is going on", () => {
  renderWithStore(<ActiveActionIndicator />);
  expect(indicatorText()).toBe("Idle");
});

it("is not known either after a session has ended and another one begins", () => {
  const { store, set } = renderConnecting();
  for (const status of ["live", "off"] as const) {
    set("runs", status);
    set("builds", status);
    expect(indicatorText()).toBe("Idle");
  }
  set("runs", "connecting");
  expect(indicatorText()).toBe("Checking…");
  act(() => drive(store).applyJobUpdates([build("1", "running")]));
  expect(indicatorText()).toBe("Building (shop)");
});
