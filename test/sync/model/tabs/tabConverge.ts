import { keyOf } from "../evidence.ts";
import { must, sourcesOf } from "../must.ts";
import { labelOf } from "../server.ts";
import { arriveAll, deliverAll } from "./arrive.ts";
import type { Browser, Tab } from "./browser.ts";
import { restore } from "./pages.ts";
import { mustBeOff, type TabWatch } from "./tabWatch.ts";

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
    const { backendJobs } = store.getState();
    const told = Object.values(backendJobs).map((job) => `${job.key} ${job.status} ${job.label}`);
    must(told.toSorted().join() === truth, "convergence", () => {
      return `the server has ${truth || "none"}; tab ${name} has ${told.join() || "none"}`;
    });
    const { runs, builds } = sourcesOf(store.getState());
    must(`${runs.status} ${builds.status}` === "live live", "convergence", () => {
      return `in tab ${name} runs are ${runs.status}, builds ${builds.status}`;
    });
  }
}
