// Several tabs that share one stream and one poll, under any interleaving of what tabs, locks,
// messages, server and user can do. Replay as in model.test.ts:
//
//   FC_SEED=… FC_PATH=… npx vitest run --project unit test/sync/modelTabs.test.ts -t "name"
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkSchedules, runsOf } from "./checkSchedules.ts";
import { createServer } from "./server.ts";
import { createBrowser } from "./tabs/browser.ts";
import { convergeTabs } from "./tabs/tabConverge.ts";
import {
  type TabActName,
  tabPassedMs,
  tabSchedules,
  type TabStep,
  takeTabStep,
} from "./tabs/tabSteps.ts";
import { createTabWatch } from "./tabs/tabWatch.ts";

async function checkSchedule(
  visibility: boolean[],
  steps: TabStep[],
  thaws: boolean,
): Promise<void> {
  const browser = createBrowser(createServer(0));
  const watch = createTabWatch(browser);
  await watch.step(() => {
    for (const isHidden of visibility) browser.open(isHidden);
  });
  for (const step of steps) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    await watch.step(() => takeTabStep(browser, step), tabPassedMs(step));
  }
  await convergeTabs(browser, watch, thaws);
}

type Schedule = Parameters<typeof checkSchedule>;

/** Schedules that have failed once, and to which few seeds lead. */
const rareSchedules: Schedule[] = [
  // A leader that froze after a tie thaws, and begins another term with a picture that is old.
  [
    [true, false, false, false],
    [
      ["pass", 4, 0],
      ["all is well", 0, 0],
      ["close", 0, 0],
      ["close", 1, 0],
      ["create a build", 0, 0],
      ["freeze", 1, 0],
      ["all is well", 0, 0],
      ["thaw", 0, 0],
      ["pass", 4, 0],
    ],
    false,
  ],
  // The same before any time has passed, so that the terms can be told apart by their names only.
  [
    [false, false],
    [
      ["all is well", 0, 0],
      ["hide", 0, 0],
      ["freeze", 0, 0],
      ["create a build", 0, 0],
      ["join", 0, 0],
      ["deliver all messages", 0, 0],
      ["crash", 10, 0],
      ["all is well", 0, 0],
    ],
    true,
  ],
];

function check(percent: number, weights: Weights, examples: Schedule[] = []): Promise<number> {
  const visibility = fc.array(fc.boolean(), { minLength: 2, maxLength: 4 });
  const parts = [visibility, tabSchedules(weights), fc.boolean()] as const;
  return checkSchedules(percent, parts, checkSchedule, examples);
}

type Weights = Partial<Record<TabActName, number>>;

const calm: Weights = {
  pass: 6,
  "create a build": 2,
  "create a run": 2,
  "move a job": 3,
  "accept a stream": 3,
  "next frame": 4,
  "all frames": 2,
  "poll answer": 5,
  "deliver a message": 8,
  "deliver all messages": 3,
  "all is well": 5,
  "tell of locks": 6,
  "trigger a build": 2,
  "request answer": 2,
  refresh: 1,
};
const comings: Weights = { join: 2, close: 2, crash: 1, hide: 2, show: 2, leave: 1, restore: 1 };
const freezes: Weights = { freeze: 2, thaw: 2 };
const faults: Weights = {
  restart: 2,
  "list again": 1,
  "drop a stream": 1,
  "poll failure": 1,
  "answer a poll": 1,
  "stop a run": 1,
  "set the clock": 1,
};

const losses: Weights = {
  "all is well": 6,
  "create a run": 3,
  "trigger a build": 3,
  "request answer": 3,
  restart: 5,
  crash: 4,
  join: 5,
  freeze: 3,
  thaw: 1,
  "deliver a message": 5,
  "tell of locks": 3,
  pass: 2,
};

describe("all tabs are right in the end, and none loses what runs", { timeout: 60_000 }, () => {
  it("however tabs come, go, hide and show", async () => {
    expect(await check(6, { ...calm, ...comings })).toBe(runsOf(6));
  });

  it("whichever tabs freeze, and whatever server and network do", async () => {
    const weights = { ...calm, ...comings, ...freezes, ...faults };
    expect(await check(7, weights, rareSchedules)).toBe(runsOf(7));
  });

  it("whatever the server forgets while leaders crash", async () => {
    expect(await check(8, losses)).toBe(runsOf(8));
  });

  it("whoever signs out", async () => {
    expect(await check(4, { ...calm, ...comings, ...freezes, "sign out": 1 })).toBe(runsOf(4));
  });
});
