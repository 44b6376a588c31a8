import { describe, expect, it } from "vitest";
import { run } from "../../support/jobs/jobs.ts";
import { createFakeBrowser } from "../../support/tabs/fakeBrowser.ts";
import type { FakeTab } from "../../support/tabs/fakeTab.ts";
import { buildJob, runJob } from "../../support/sync/wire.ts";

const shop = runJob("r1", "running");
const truth = { runs: [shop], builds: [buildJob("b1", "running")] };
const labels = ["Building (shop)", "Server running (shop)"];

/** Three visible tabs with a server and a build; the first one leads. */
async function openThree() {
  const browser = createFakeBrowser();
  const leader = await browser.open();
  const others = [await browser.open(), await browser.open()];
  leader.answer(truth);
  await browser.settle();
  return { browser, leader, others };
}

/** All labels since the build was known. */
function shown({ labels: said }: FakeTab): string[] {
  return said.slice(said.indexOf("Building (shop)"));
}

/** Every way in which a leader can go. */
const ways: [how: string, go: (leader: FakeTab) => void, ms: number][] = [
  ["closes", (leader) => leader.close(), 0],
  ["crashes", (leader) => leader.crash(), 0],
  ["goes into the back/forward cache", (leader) => leader.leave(), 0],
  ["stops", (leader) => leader.sync.stop(), 0],
  ["is hidden", (leader) => leader.hide(), 0],
  ["freezes while it is visible", (leader) => leader.freeze(), 15_000],
];

describe.each(ways)("when the leader %s", (_, go, ms) => {
  it("another tab leads, and the only one", async () => {
    const { browser, leader, others } = await openThree();
    go(leader);
    await browser.advance(ms);
    const leaders = browser.leaders().map(({ name }) => name);
    expect(leaders).toHaveLength(1);
    expect(others.map(({ name }) => name)).toContain(leaders[0]);
  });

  it("no header shows Idle until all are right again", async () => {
    const { browser, leader, others } = await openThree();
    go(leader);
    await browser.advance(ms);
    for (const tab of others) expect(tab.active()).toEqual(labels);
    browser.leaders()[0]?.answer({ ...truth, runs: [shop, runJob("r2", "running")] });
    await browser.settle();
    for (const tab of others) {
      expect(tab.active()).toEqual(["Server running (shop)", ...labels]);
      expect(shown(tab)).not.toContain("Idle");
    }
  });

  it("nothing is called live before the new leader has heard from the server", async () => {
    const { browser, leader, others } = await openThree();
    go(leader);
    await browser.advance(ms);
    for (const tab of others)
      expect(tab.connection()).toEqual({ runs: "connecting", builds: "connecting" });
    browser.leaders()[0]?.answer(truth);
    await browser.settle();
    for (const tab of others) expect(tab.connection()).toEqual({ runs: "live", builds: "live" });
  });
});

/** The only one to have asked for the lead, and opened too late to hear from the last leader. */
async function electNewcomer() {
  const { browser, leader, others } = await openThree();
  for (const tab of others) tab.leave();
  browser.channels.hold(leader.name);
  const newcomer = await browser.open();
  for (const tab of others) tab.restore();
  leader.crash();
  await browser.settle();
  expect(browser.leaders().map(({ name }) => name)).toEqual([newcomer.name]);
  return { browser, newcomer, others };
}

describe("a new leader that knows nothing yet", () => {
  it("costs the others none of their jobs", async () => {
    const { browser, newcomer, others } = await electNewcomer();
    for (const tab of others) expect(tab.active()).toEqual(labels);
    newcomer.answer(truth);
    await browser.settle();
    for (const tab of [...others, newcomer]) expect(tab.active()).toEqual(labels);
    for (const tab of others) expect(shown(tab)).not.toContain("Idle");
  });

  it("takes from the others what the server no longer lists, once it has heard of that", async () => {
    const { browser, newcomer, others } = await electNewcomer();
    newcomer.environment.source().init([]);
    await browser.settle();
    newcomer.environment.request().respond({ builds: [] });
    await browser.settle();
    for (const tab of [...others, newcomer]) expect(tab.active()).toEqual([]);
  });
});

describe("a hint that meets a change of leaders", () => {
  it("reaches the next leader, if the last one did not answer it", async () => {
    const { browser, leader, others } = await openThree();
    const [first, second] = others;
    leader.freeze();
    second?.store.getState().applyJobHint(run("r9", "pending"));
    await browser.settle();
    leader.crash();
    await browser.settle();
    for (const tab of [first, second]) expect(tab?.active()[0]).toBe("Starting server…");
  });

  it("goes to the leader that robbed this one, if this one took it as its own", async () => {
    const { browser, leader, others } = await openThree();
    const [next] = others;
    leader.hide();
    // The other one leads already, and this one has not heard of it.
    leader.freeze();
    await browser.settle();
    const robber = browser.leaders()[0] ?? next;
    robber?.answer(truth);
    await browser.settle();
    leader.store.getState().applyJobHint(run("r9", "pending"));
    leader.thaw();
    await browser.settle();
    for (const tab of browser.tabs) expect(tab.active()[0]).toBe("Starting server…");
    expect(leader.labels.at(-1)).toBe("Starting server…");
  });
});

describe("a job that has ended", () => {
  it("is not brought back by a new leader that slept through its end, nor is its news", async () => {
    const browser = createFakeBrowser();
    const leader = await browser.open();
    const sleeper = await browser.open();
    const other = await browser.open();
    leader.answer({ runs: [shop] });
    await browser.settle();
    sleeper.freeze();
    leader.environment.source().update(runJob("r1", "failed"));
    await browser.advance(16);
    other.store.getState().setReadState(["run:r1"], "dismissed");
    await browser.settle();
    leader.crash();
    sleeper.thaw();
    // The browser's word that it leads comes before what the tabs have said meanwhile.
    browser.locks.tell(sleeper.name);
    await browser.settle();
    expect(browser.leaders()).toEqual([sleeper]);
    sleeper.answer({ runs: [runJob("r1", "failed")] });
    await browser.settle();
    expect(other.labels).toEqual(["Idle", "Checking…", "Server running (shop)", "Idle"]);
    expect(other.store.getState().endedJobs["run:r1"]?.readState).toBe("dismissed");
  });

  it("comes back where the new leader has asked, and it runs again", async () => {
    const { browser, leader, others } = await openThree();
    leader.environment.source().update(runJob("r1", "stopped"));
    await browser.advance(16);
    leader.crash();
    await browser.settle();
    others[0]?.answer(truth);
    await browser.settle();
    expect(others.map((tab) => tab.active())).toEqual(
      [labels, labels].map((list) => list.toReversed()),
    );
  });
});
