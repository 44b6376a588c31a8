import * as fc from "fast-check";
import { pollFailures } from "../polls.ts";
import type { ServerJob } from "../server.ts";
import { answerPoll, arriveAll, deliverAll, deliverFrames } from "./arrive.ts";
import type { Browser } from "./browser.ts";
import { end, hide, leave, restore } from "./pages.ts";

/** At most so many tabs at a time. */
const maxTabs = 4;
const passMs = [16, 1_000, 5_000, 5_000, 15_000, 20_000];

/** What a step does; `a` and `b` choose among what there is to choose from. */
type Act = (browser: Browser, a: number, b: number) => void;

/** Everything that can happen in a browser. */
const acts = {
  // What the server does.
  "create a build": ({ server }) => void server.create("build", "shop"),
  "create a run"(browser) {
    browser.announce(browser.server.create("run", "shop"));
  },
  "move a job"(browser, a, b) {
    const job = jobAt(browser, a);
    if (job && browser.server.move(job, b)) browser.announce(job);
  },
  restart(browser, a) {
    for (const { stream } of browser.tabs) stream.cut("all");
    const job = jobAt(browser, a);
    if (!job || a < 3) return;
    job.isListed = false;
    job.wasForgotten = true;
  },
  "list again"({ server }) {
    for (const job of server.jobs) job.isListed = true;
  },

  // What the network does.
  "accept a stream": (browser, a) => at(browser.running(), a)?.stream.accept(0),
  "next frame": (browser, a) => void at(browser.running(), a)?.stream.deliver(0, 0),
  "all frames"(browser, a) {
    const tab = at(browser.running(), a);
    if (tab) deliverFrames(tab);
  },
  "drop a stream": (browser, a) => at(browser.running(), a)?.stream.fail(0),
  "answer a poll": (browser, a) => at(browser.running(), a)?.polls.answer(0),
  "poll answer"(browser, a) {
    const tab = at(browser.running(), a);
    if (tab) answerPoll(browser, tab);
  },
  "poll failure": (browser, a, b) =>
    void at(browser.running(), a)?.polls.fail(0, pollFailures[b % 3] ?? "network", b),

  // What the browser does.
  "deliver a message": (browser, a, b) => deliver(browser, a, b),
  "deliver all messages": (browser) => deliverAll(browser),
  "all is well": (browser) => arriveAll(browser),
  "tell of locks"(browser, a) {
    const tab = at(browser.running(), a);
    if (tab) browser.locks.tell(tab.name);
  },
  join(browser, a) {
    const alive = browser.tabs.filter(({ page }) => page.state !== "gone");
    if (alive.length < maxTabs && !browser.isSignedOut) browser.open(a % 2 === 1);
  },
  close(browser, a) {
    const tab = at(browser.running(), a);
    tab?.rest("left");
    if (tab) end(browser, tab);
  },
  crash(browser, a) {
    const tab = at(browser.tabs, a);
    if (tab) end(browser, tab);
  },
  freeze(browser, a) {
    const tab = at(browser.running(), a);
    if (tab) tab.page.state = "frozen";
  },
  thaw(browser, a) {
    const tab = at(
      browser.tabs.filter(({ page }) => page.state === "frozen"),
      a,
    );
    if (tab) tab.page.state = "open";
  },
  hide: (browser, a) => hide(at(browser.running(), a)),
  show: (browser, a) => at(browser.running(), a)?.environment.show(),
  leave(browser, a) {
    const tab = at(browser.running(), a);
    if (tab) leave(tab);
  },
  restore(browser, a) {
    const cached = browser.tabs.filter(({ page }) => page.state === "cached");
    restore(at(cached, a));
  },

  // What the user does.
  "trigger a build"(browser, a) {
    const tab = at(browser.running(), a);
    if (!tab || tab.page.isStopped) return;
    tab.user.ask("Triggering", browser.server.create("build", "shop"), () => tab.page.isStopped);
  },
  "stop a run"(browser, a, b) {
    const tab = at(browser.running(), a);
    const job = at(
      browser.server.jobs.filter(({ kind }) => kind === "run"),
      b,
    );
    if (!tab || !job || tab.page.isStopped) return;
    tab.user.ask("Stopping", job, () => tab.page.isStopped);
    if (job.status === "pending" || job.status === "running") {
      job.status = "stopping";
      browser.announce(job);
    }
  },
  "request answer": (browser, a) => at(browser.running(), a)?.answerUser(),
  refresh: (browser, a) => at(browser.running(), a)?.sync.refresh(),
  "sign out"(browser, a) {
    const tab = at(browser.running(), a);
    if (!tab || tab.page.isStopped) return;
    browser.isSignedOut = true;
    for (const other of browser.tabs)
      other.mustHearOfEnd = other.page.state === "open" || other.page.state === "frozen";
    tab.page.isStopped = true;
    tab.sync.signOut();
  },

  // The clock of the machine is one for all tabs.
  "set the clock"({ tabs }, a, b) {
    for (const { environment } of tabs) environment.setClock((b % 2 ? 1 : -1) * 10 ** a);
  },
  // Time passes in `pass` only, and is not taken here.
  pass() {},
} satisfies Record<string, Act>;

/** The name of something that can happen. */
export type TabActName = keyof typeof acts;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it has no other keys
const actNames = Object.keys(acts) as TabActName[];

/** A step of a schedule: what happens, and two numbers that say to what and how. */
export type TabStep = readonly [act: TabActName, a: number, b: number];

/** Takes a step. */
export function takeTabStep(browser: Browser, [name, a, b]: TabStep): void {
  const act: Act = acts[name];
  act(browser, a, b);
}

/** How much time a step lets pass, in ms. */
export function tabPassedMs([name, a]: TabStep): number {
  return name === "pass" ? (passMs[a % passMs.length] ?? 0) : 0;
}

/** Schedules of up to 40 steps in which acts come up as often as they weigh. */
export function tabSchedules(
  weights: Partial<Record<TabActName, number>>,
): fc.Arbitrary<TabStep[]> {
  const names = actNames.flatMap((name) => Array.from({ length: weights[name] ?? 0 }, () => name));
  const step = fc.tuple(fc.constantFrom(...names), fc.nat(11), fc.nat(11));
  return fc.array(step, { maxLength: 40, size: "max" });
}

function deliver({ tabs, channels, running }: Browser, a: number, b: number): void {
  const to = at(running(), b);
  const from = at(tabs, a);
  if (from && to) channels.deliver(from.name, to.name);
}

function at<Item>(items: readonly Item[], index: number): Item | undefined {
  return items[index % Math.max(1, items.length)];
}

function jobAt({ server }: Browser, a: number): ServerJob | undefined {
  return server.jobs.at(-1 - (a % Math.max(1, server.jobs.length)));
}
