import { keyOf } from "../evidence.ts";
import { must, shown } from "../must.ts";
import { isActiveStatus, labelOf } from "../server.ts";
import type { Browser, Tab } from "./browser.ts";
import type { Heard } from "./channels.ts";
import { arriveAll, deliverAll, restore } from "./tabSteps.ts";

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

// A job that runs may leave a tab only by the word of a leader who has asked the server himself, and
// then not if the user has asked for it here and nobody has said anything of it yet.
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

function mustBeOff(tab: Tab, { channels }: Browser): void {
  const rule = `rule 7 (stop is final) tab ${tab.name}`;
  const { backendJobs, endedJobs, connection } = tab.store.getState();
  const keys = [...Object.keys(backendJobs), ...Object.keys(endedJobs)];
  must(keys.length === 0, rule, () => `${keys.join()} left`);
  const { runs, builds } = connection;
  must(`${runs.status} ${builds.status}` === "off off", rule, () => `runs are ${runs.status}`);
  const open = Object.values(tab.environment.open()).reduce((sum, count) => sum + count, 0);
  must(open === 0, rule, () => `open: ${JSON.stringify(tab.environment.open())}`);
  must(tab.restListeners() === 0, rule, () => "a listener is left");
  must(channels.openCount(tab.name) === 0, rule, () => "a channel is left open");
}

/** How long it may take until all is well again: silence, a look at the clock, and some beats. */
const settleMs = 60_000 + 5_000 + 20_000;
/** For how long nothing may change after that: longer than a leader's silence is borne. */
const quietMs = 25_000;

/** The faults end, and everything that is on its way arrives. Then all tabs must be right. */
export async function convergeTabs(
  browser: Browser,
  watch: TabWatch,
  thaws: boolean,
): Promise<void> {
  await watch.step(() => prepare(browser, thaws));
  await watch.step(() => deliverAll(browser));
  mustAllHaveHeardOfEnd(browser);
  /* oxlint-disable no-await-in-loop -- one step after the other is the point */
  for (let ms = 0; ms < settleMs; ms += 5_000) await liveFor(browser, watch, 5_000);
  const leader = leaderOf(browser);
  for (let ms = 0; ms < quietMs; ms += 5_000) {
    await liveFor(browser, watch, 5_000);
    must(leaderOf(browser) === leader, "no fight", () => "the lead moves on for no reason");
  }
  /* oxlint-enable no-await-in-loop */
  if (browser.isSignedOut) mustAllBeStopped(browser);
  else mustAllAgree(browser);
  if (!browser.isSignedOut) await checkRefresh(browser, watch);
}

function leaderOf(browser: Browser): Tab | undefined {
  return browser.running().find((tab) => tab.isLeading());
}

function mustAllHaveHeardOfEnd(browser: Browser): void {
  for (const { name, page, mustHearOfEnd } of browser.running())
    must(page.isStopped || !mustHearOfEnd, "sign-out", () => `tab ${name} has not heard of it`);
}

async function checkRefresh(browser: Browser, { step }: TabWatch): Promise<void> {
  const followers = browser.running().filter((tab) => !tab.isLeading());
  if (followers.length === 0) return;
  await step(() => followers[0]?.sync.refresh());
  await step(() => deliverAll(browser));
  const isAsked = (leaderOf(browser)?.polls.waiting() ?? 0) > 0;
  must(isAsked, "refresh", () => "that of a follower does not reach the leader");
}

function prepare(browser: Browser, thaws: boolean): void {
  for (const tab of browser.tabs) {
    if (thaws && tab.page.state === "frozen") tab.page.state = "open";
    if (tab.page.state === "cached") restore(tab);
  }
  if (browser.running().length === 0 && !browser.isSignedOut) browser.open(false);
  const running = browser.running();
  if (running.every(({ environment }) => environment.isHidden())) running[0]?.environment.show();
}

async function liveFor(browser: Browser, { step }: TabWatch, ms: number): Promise<void> {
  await step(() => {}, ms);
  for (let round = 0; round < 4; round += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one step after the other is the point
    await step(() => arriveAll(browser));
  }
}

function mustAllBeStopped(browser: Browser): void {
  for (const tab of browser.running()) {
    const rule = "sign-out";
    must(tab.page.isStopped, rule, () => `tab ${tab.name} goes on`);
    mustBeOff(tab, browser);
    const requests = browser.locks.requestsOf(tab.name);
    must(requests === 0, rule, () => `tab ${tab.name} holds a lock or asks for one`);
  }
}

function mustAllAgree(browser: Browser): void {
  const running = browser.running().filter(({ page }) => !page.isStopped);
  const leaders = running.filter((tab) => tab.isLeading());
  const names = leaders.map(({ name }) => name).join();
  must(leaders.length === 1, "one leader", () => `tabs ${names || "none"} lead`);
  must(leaders[0]?.environment.sources.length === 1, "one stream", () => "the leader has two");
  must(!leaders[0]?.environment.isHidden(), "the visible tab leads", () => "a hidden one does");
  const truth = browser.server
    .active()
    .map((job) => `${keyOf(job)} ${job.status} ${labelOf(job)}`)
    .toSorted()
    .join();
  for (const { name, store } of running) {
    const { backendJobs, connection } = store.getState();
    const told = Object.values(backendJobs).map((job) => `${job.key} ${job.status} ${job.label}`);
    must(told.toSorted().join() === truth, "convergence", () => {
      return `the server has ${truth || "none"}; tab ${name} has ${told.join() || "none"}`;
    });
    const { runs, builds } = connection;
    must(`${runs.status} ${builds.status}` === "live live", "convergence", () => {
      return `in tab ${name} runs are ${runs.status}, builds ${builds.status}`;
    });
  }
}
