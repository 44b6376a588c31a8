import { keyOf } from "../evidence.ts";
import { must, shown, sourcesOf } from "../must.ts";
import { isActiveStatus } from "../server.ts";
import type { Browser, Tab } from "./browser.ts";
import type { Heard } from "./channels.ts";

/** Lets all that follows from a step in promises happen, in every tab that runs. */
async function settle({ tabs }: Browser): Promise<void> {
  // The promises of all tabs take their turns together.
  await tabs[0]?.environment.settle();
}

/** Lets `ms` pass in every tab that runs; in the others the machine's clock goes on all the same. */
async function pass(browser: Browser, ms: number): Promise<void> {
  let left = ms;
  /* oxlint-disable no-await-in-loop -- one timer after the other is the point */
  while (left > 0) {
    const next = browser.running().map(({ environment }) => environment.nextTimerMs() ?? left);
    const part = Math.min(left, Math.max(1, Math.min(...next)));
    left -= part;
    for (const { environment, page } of browser.tabs) {
      if (page.state === "open") await environment.advance(part);
      else environment.sleep(part);
    }
  }
  /* oxlint-enable no-await-in-loop */
}

/** Follows a browser and looks at every tab after each step. */
export interface TabWatch {
  /** Acts, lets `ms` pass, and looks. @throws BrokenRule with the name of what does not hold */
  step: (act: () => void, ms?: number) => Promise<void>;
}

/** Creates the watch of a browser. */
export function createTabWatch(browser: Browser): TabWatch {
  return {
    async step(act, ms = 0) {
      const before = browser.running().map((tab) => ({ tab, state: tab.store.getState() }));
      act();
      await settle(browser);
      if (ms > 0) await pass(browser, ms);
      const heard = browser.channels.takeHeard();
      for (const { tab, state } of before) {
        if (tab.page.state === "cached") mustHaveLeft(tab, browser);
        if (tab.page.state !== "open") continue;
        if (tab.page.isStopped) mustBeOff(tab, browser);
        else mustNotLoseWhatRuns(tab, state, browser, heard);
        settleHints(tab, heard);
      }
    },
  };
}

/** A report, as much of it as can take a job away. */
interface Report {
  readonly type: string;
  readonly isWhole?: boolean;
  readonly active?: readonly { readonly key: string }[];
  readonly ended?: readonly { readonly key: string }[];
  readonly gone?: readonly string[];
}

// A job that runs may leave a tab only by the word of the newest leader known there, who has asked
// the server himself in his term; and then not if the user has asked for it here and nobody has
// said anything of it yet.
function mustNotLoseWhatRuns(
  { name, store, unanswered }: Tab,
  before: ReturnType<Tab["store"]["getState"]>,
  { server }: Browser,
  heard: readonly Heard[],
): void {
  for (const job of server.jobs) {
    if (job.wasForgotten || !isActiveStatus(job.kind, job.status)) continue;
    const key = keyOf(job);
    if (!shown(before, key) || shown(store.getState(), key)) continue;
    const isTold = heard.some(({ by, data, isInformed }) => {
      return by === name && isInformed && takesAway(data, key);
    });
    const rule = unanswered.has(key) ? "no idle gap" : "no false Idle";
    must(isTold && !unanswered.has(key), rule, () => `${key} runs, and tab ${name} has lost it`);
  }
}

function takesAway(data: unknown, key: string): boolean {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else is posted
  const { isWhole = false, active = [], gone = [] } = data as Report;
  return gone.includes(key) || (isWhole && !active.some((job) => job.key === key));
}

function settleHints(tab: Tab, heard: readonly Heard[]): void {
  if (tab.isInformed()) tab.unanswered.clear();
  for (const { by, data } of heard) {
    if (by !== tab.name) continue;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else is posted
    const { active = [], ended = [], gone = [] } = data as Report;
    for (const { key } of [...active, ...ended]) tab.unanswered.delete(key);
    for (const key of gone) tab.unanswered.delete(key);
  }
}

// A message evicts a page from the cache, and a connection counts against the six there are.
function mustHaveLeft({ name, environment }: Tab, { channels }: Browser): void {
  const { timers, requests, sources } = environment.open();
  const isQuiet = timers + requests + sources + channels.openCount(name) === 0;
  must(isQuiet, "cached pages", () => `tab ${name} has something open`);
}

/** @throws BrokenRule if a tab that was stopped still shows or holds something */
export function mustBeOff(tab: Tab, { channels }: Browser): void {
  const rule = `rule 7 (stop is final) tab ${tab.name}`;
  const { backendJobs, endedJobs } = tab.store.getState();
  const keys = [...Object.keys(backendJobs), ...Object.keys(endedJobs)];
  must(keys.length === 0, rule, () => `${keys.join()} left`);
  const { runs, builds } = sourcesOf(tab.store.getState());
  must(`${runs.status} ${builds.status}` === "off off", rule, () => `runs are ${runs.status}`);
  const open = Object.values(tab.environment.open()).reduce((sum, count) => sum + count, 0);
  must(open === 0, rule, () => `open: ${JSON.stringify(tab.environment.open())}`);
  must(tab.restListeners() === 0, rule, () => "a listener is left");
  must(channels.openCount(tab.name) === 0, rule, () => "a channel is left open");
}
