// What a screen reader is told: the texts of the live region, one after the other.
import { drive, type Driven } from "../../support/jobs/drive.ts";
import { act } from "@testing-library/react";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { Job } from "../../../src/jobs/job.ts";
import {
  ActiveActionIndicator,
  ActivityStoreProvider,
  useActiveAsyncActions,
} from "../../../src/react.ts";
import { type ActivityState, createActivityStore } from "../../../src/store/activityStore.ts";
import { play, tenMinutes } from "../../support/indicator/script.ts";
import { build, many, run } from "../../support/jobs/jobs.ts";
import { openListByHand } from "../../support/indicator/openListByHand.ts";
import { holdTime, passTime } from "../../support/indicator/renderIndicator.tsx";
import { renderPage, renderWithStore } from "../../support/indicator/renderWithStore.tsx";

beforeEach(holdTime);

/** The indicator, in a page that has long been there. */
function renderLive(ui = <ActiveActionIndicator />) {
  const store = createActivityStore();
  drive(store).setConnectionStatus("runs", "live");
  drive(store).setConnectionStatus("builds", "live");
  const { container } = renderWithStore(ui, store);
  passTime(3_000);
  const say = (...jobs: Job[]) => act(() => drive(store).applyJobUpdates(jobs));
  const heard = () => container.querySelector("[aria-live]")?.textContent?.trim();
  return { store, container, say, heard };
}

it("in ten minutes a screen reader is told each fact once, and no more than one text in 2 s", () => {
  const { store, container } = renderWithStore(<ActiveActionIndicator />);
  openListByHand(container);
  const region = container.querySelector("[aria-live]");
  const told: Array<{ ms: number; text: string }> = [];
  play(store, tenMinutes, (ms) => {
    const text = region?.textContent ?? "";
    if (text !== (told.at(-1)?.text ?? "")) told.push({ ms, text });
  });

  const texts = told.filter(({ text }) => text !== "");
  expect(texts.map(({ text }) => text.trim())).toEqual([
    "Build · shop queued.",
    "Build · shop started.",
    "Build · shop failed.",
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
    "Build · shop ended, result unknown.",
    "Server · docs started.",
  ]);
  const pauses = texts.slice(1).map(({ ms }, index) => ms - (texts[index]?.ms ?? 0));
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(2_000);
});

it("the time that ticks in the open list is outside of what is heard", () => {
  const { container, say, heard } = renderLive();
  say(build("1", "running"));
  openListByHand(container);
  const texts: unknown[] = [];
  for (const _ of many(60, String)) {
    passTime(1_000);
    if (heard() !== texts.at(-1)) texts.push(heard());
  }
  expect(container.querySelector(".active-indicator-time")?.textContent).toBe("1:00");
  expect(texts).toEqual(["", "Build · shop started.", ""]);
});

it("what was said is there for 10 s, so that nobody takes it for news later", () => {
  const { say, heard } = renderLive();
  say(build("1", "running"));
  passTime(2_000);
  passTime(9_999);
  expect(heard()).toBe("Build · shop started.");
  passTime(1);
  expect(heard()).toBe("");
});

it("what was said is there for 10 s also if it came soon after something else", () => {
  const { say, heard } = renderLive();
  say(build("1", "running"));
  passTime(7_000);
  say(run("2", "running"));
  passTime(2_000);
  passTime(9_999);
  expect(heard()).toBe("Server · shop started.");
});

it("a loss that lasts is said though nothing else happens", () => {
  const { store, heard } = renderLive();
  act(() => drive(store).setConnectionStatus("runs", "lost", "reset"));
  passTime(8_000);
  expect(heard()).toBe("Connection lost. What is shown is last known.");
});

it("a request that takes long is said though nothing else happens", () => {
  const { store, heard } = renderLive();
  // So that there is a look at it before it has lasted long enough.
  act(() => drive(store).noteConnectionError("builds", "HTTP 502"));
  passTime(1_000);
  act(() => void store.getState().registerRequestAction("Scanning assets"));
  passTime(5_000);
  expect(heard()).toBe("Scanning assets started.");
});

it("a build is said to have started though the click came soon after the first answer", () => {
  const { store, container } = renderWithStore(<ActiveActionIndicator />);
  const at = (ms: number, event: (state: Driven & ActivityState) => void) => {
    act(() => event(drive(store)));
    passTime(ms);
  };
  at(100, (state) => state.setConnectionStatus("builds", "connecting"));
  at(0, (state) => state.applyJobSnapshot("build", [build("1", "running")]));
  at(1_000, (state) => state.setConnectionStatus("builds", "live"));
  at(0, (state) => state.applyJobHint(build("2", "running", { projectId: "docs" })));
  passTime(2_000);
  expect(container.querySelector("[aria-live]")?.textContent).toBe("Build · docs started.");
});

it("a stop that takes longer than its server is said once, by that", () => {
  const { store, say, heard } = renderLive();
  say(run("1", "running"));
  passTime(20_000);
  act(() => void store.getState().registerRequestAction("Stopping server • shop", "run:1"));
  passTime(300);
  say(run("1", "stopped"));
  passTime(2_000);
  expect(heard()).toBe("Server · shop stopped.");
  passTime(9_000);
  expect(heard()).toBe("Server · shop stopped.");
});

it("a loss that was there before the indicator is said", () => {
  const store = createActivityStore();
  drive(store).setConnectionStatus("runs", "live");
  drive(store).setConnectionStatus("runs", "lost", "reset");
  const { container } = renderWithStore(<ActiveActionIndicator />, store);
  passTime(8_000);
  const region = container.querySelector("[aria-live]");
  expect(region?.textContent).toBe("Connection lost. What is shown is last known.");
});

describe("two indicators on a page", () => {
  it("say each fact once, also a fact that comes again", () => {
    const both = [<ActiveActionIndicator key="left" />, <ActiveActionIndicator key="right" />];
    const { container, say } = renderLive(<>{both}</>);
    const told: string[] = [];
    for (const id of ["1", "2"]) {
      say(build(id, "running"));
      passTime(2_000);
      told.push(...heardOf(container).filter((text) => text !== ""));
      passTime(3_000);
      say(build(id, "failed", { error: `why ${id}` }));
      passTime(2_000);
      told.push(...heardOf(container).filter((text) => text !== ""));
      passTime(20_000);
    }
    expect(told).toEqual([
      "Build · shop started.",
      "Build · shop failed.",
      "Build · shop started.",
      "Build · shop failed.",
    ]);
  });

  it("say what only one of them knows", () => {
    const [left, right] = [createActivityStore(), createActivityStore()];
    const { container } = renderPage(
      [left, right].map((store, index) => (
        <ActivityStoreProvider key={["left", "right"][index]} store={store}>
          <ActiveActionIndicator />
        </ActivityStoreProvider>
      )),
    );
    act(() => left.getState().registerBackendJob("deploy:1", "Deploying the left"));
    act(() => right.getState().registerBackendJob("deploy:2", "Deploying the right"));
    passTime(2_000);
    expect(heardOf(container)).toEqual([
      "Deploying the left started.",
      "Deploying the right started.",
    ]);
  });

  it("may both be silent, or one of them", () => {
    const one = renderLive(<ActiveActionIndicator announce={false} />);
    expect(heardOf(one.container)).toEqual([]);
    const both = renderLive(
      <>
        <ActiveActionIndicator announce={false} />
        <ActiveActionIndicator />
      </>,
    );
    both.say(build("1", "running"));
    passTime(2_000);
    expect(heardOf(both.container)).toEqual(["Build · shop started."]);
  });
});

/** The texts of all live regions in an element. */
function heardOf(container: Element) {
  return [...container.querySelectorAll("[aria-live]")].map(({ textContent }) => textContent);
}

/** Gives the indicator other functions and other words with each change. */
function RestlessHost() {
  useActiveAsyncActions();
  const labels = { title: ({ id }: { id: string }) => `Job ${id}` };
  const given = { labels, jobHref: ({ id }: { id: string }) => `/${id}`, onStopJob: () => {} };
  return <ActiveActionIndicator {...given} />;
}

describe("a host that renders anew with each change", () => {
  it("has everything said all the same", () => {
    const { say, heard } = renderLive(<RestlessHost />);
    say(build("1", "running"));
    passTime(500);
    say(run("2", "running"));
    passTime(500);
    say(build("1", "succeeded"));
    passTime(1_000);
    expect(heard()).toBe("Job 1 succeeded. Job 2 started.");
  });

  it("has the return to Idle wait all the same", () => {
    const { container, say } = renderLive(<RestlessHost />);
    const label = () => container.querySelector(".active-indicator-label")?.textContent;
    say(build("1", "running"));
    say(build("1", "succeeded"));
    passTime(299);
    expect(label()).toBe("Building (shop)");
    passTime(1);
    expect(label()).toBe("Idle");
  });
});

describe("a page in the background", () => {
  it("says what has happened when it is seen again, and what came of it in the end", () => {
    const { say, heard } = renderLive();
    setVisibility("hidden");
    say(build("1", "running"), run("2", "running"));
    passTime(30_000);
    say(build("1", "failed"));
    passTime(30_000);
    expect(heard()).toBe("");
    setVisibility("visible");
    passTime(2_000);
    expect(heard()).toBe("Build · shop failed. Server · shop started.");
  });
});

function setVisibility(state: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  onTestFinished(() => void vi.restoreAllMocks());
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
}
