import { drive } from "../support/jobs/drive.ts";
import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Elapsed } from "../../src/app/time/Duration.tsx";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { build } from "../support/jobs/jobs.ts";
import { renderWithStore } from "../support/indicator/renderWithStore.tsx";
import { formatAgo } from "../../src/app/time/formatAgo.ts";

function setHidden(hidden: boolean): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(hidden ? "hidden" : "visible");
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
}

function wait(ms: number): void {
  act(() => void vi.advanceTimersByTime(ms));
}

function shown(): string {
  return screen.getByRole("time").textContent;
}

describe("a past time", () => {
  const minute = 60_000;
  it.each([
    [59_000, "just now"],
    [minute, "1 minute ago"],
    [59.9 * minute, "59 minutes ago"],
    [150 * minute, "2 hours ago"],
    [25 * 60 * minute, "yesterday"],
    [-3 * minute, "just now"],
  ])("%i ms ago reads %s", (passed, text) => {
    expect(formatAgo(1_000_000_000 - passed, 1_000_000_000)).toBe(text);
  });
});

function renderElapsed(startedAt: number) {
  const store = createActivityStore();
  drive(store).applyJobUpdates([build("b1", "running", { startedAt })]);
  const job = store.getState().backendJobs["build:b1"];
  if (!job) throw new Error("the store did not take the job");
  return renderWithStore(<Elapsed job={job} />, store);
}

describe("an elapsed time", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it("grows by the second and is right at once after the page was hidden", () => {
    drive(renderElapsed(Date.now() - 40_000).store).setServerClock(0);
    wait(2_000);
    expect(shown()).toBe("0:42");
    setHidden(true);
    expect(vi.getTimerCount()).toBe(0);
    wait(60_000);
    expect(shown()).toBe("0:42");
    setHidden(false);
    expect(shown()).toBe("1:42");
  });

  it("is by the server's clock, however far that is from the browser's", () => {
    const day = 24 * 3_600_000;
    const { store } = renderElapsed(Date.now() + day - 64_000);
    act(() => drive(store).setServerClock(day));
    expect(shown()).toBe("1:04");
  });

  it("leaves no timer behind", () => {
    renderElapsed(Date.now()).unmount();
    expect(vi.getTimerCount()).toBe(0);
  });
});
