import { describe, expect, it } from "vitest";
import { createFakeBrowser } from "../../support/tabs/fakeBrowser.ts";
import type { FakeTab } from "../../support/tabs/fakeTab.ts";
import { runJob } from "../../support/sync/wire.ts";

const shop = runJob("r1", "running");
const blog = runJob("r2", "running", { projectId: "blog" });

/** A browser in which the first tab leads with a server running, and all are visible. */
async function openTabs(seeds: readonly number[]) {
  const browser = createFakeBrowser();
  const [first, ...others] = seeds;
  const leader = await browser.open({ seed: first ?? 1 });
  const rest = [];
  // oxlint-disable-next-line no-await-in-loop -- in this order
  for (const seed of others) rest.push(await browser.open({ seed }));
  leader.answer({ runs: [shop] });
  await browser.settle();
  return { browser, leader, tabs: rest };
}

/** The tab falls silent, and another one takes the lead without it. */
async function deposeWhileFrozen() {
  const { browser, leader, tabs } = await openTabs([1, 2, 3]);
  leader.hide();
  leader.freeze();
  await browser.settle();
  const [next] = browser.leaders();
  const others = tabs.filter((tab) => tab !== next);
  next?.answer({ runs: [shop] });
  await browser.settle();
  return { browser, old: leader, next, others };
}

const names = (tabs: readonly FakeTab[]) => tabs.map(({ name }) => name);

describe("a leader that was deposed and does not know it yet", () => {
  it("is not believed any more, by anybody", async () => {
    const { browser, old, next, others } = await deposeWhileFrozen();
    // Its own timers and its stream come before the browser's word.
    old.environment.source().init([shop, blog]);
    await browser.settle();
    for (const tab of [next, ...others]) expect(tab?.active()).toEqual(["Server running (shop)"]);
  });

  it("is told, and follows", async () => {
    const { browser, old, next } = await deposeWhileFrozen();
    expect(old.isLeading()).toBe(true);
    old.environment.source().update(blog);
    await old.environment.advance(5_000);
    const saidBefore = browser.channels.said().length;
    old.thaw();
    await browser.settle();
    const said = browser.channels.said().slice(saidBefore);
    const words = said.filter((message) => message.type === "outdated");
    expect(new Set(words.map(({ from, term }) => `${from} ${term}`)).size).toBe(1);
    expect(old.isLeading()).toBe(false);
    expect(names(browser.leaders())).toEqual([next?.name]);
    expect(old.active()).toEqual(["Server running (shop)"]);
  });

  it("steps down at hearsay of a newer one, whose lead goes on", async () => {
    const { browser, leader: old, tabs } = await openTabs([1, 2]);
    await browser.open({ isHidden: true });
    old.hide();
    old.freeze();
    await browser.settle();
    for (const { name } of tabs) browser.channels.hold(name);
    await old.environment.advance(5_000);
    await browser.settle();
    old.thaw();
    while (browser.channels.deliver(old.name));
    expect(old.isLeading()).toBe(false);
    for (const { name } of tabs) browser.channels.letGo(name);
    await browser.settle();
    expect(names(browser.leaders())).toEqual(names(tabs));
    expect(browser.streamsOpened()).toBe(2);
  });

  it("does not cost the newest one its lead, although it is told on the channel of all", async () => {
    const { browser, old, next } = await deposeWhileFrozen();
    const opened = browser.streamsOpened();
    await old.environment.advance(5_000);
    old.thaw();
    await browser.advance(20_000);
    expect(names(browser.leaders())).toEqual([next?.name]);
    expect(browser.streamsOpened()).toBe(opened);
    // Nor has it to begin anew: there are the old one's term and its own.
    const reports = browser.channels.said().filter(({ type }) => type === "patch");
    expect(new Set(reports.map((message) => "term" in message && message.term)).size).toBe(2);
  });
});

describe("two that took the lead at once", () => {
  // The seeds make the tabs' names, and either may come first by its name.
  it.each([
    { first: 7, second: 8 },
    { first: 8, second: 7 },
  ])("come to one with one stream each, whatever they are called", async ({ first, second }) => {
    const { browser, leader, tabs } = await openTabs([1, first, second]);
    const [early, late] = tabs;
    // What one says is still under way when the other one begins, a moment later.
    browser.channels.hold(early?.name ?? "");
    late?.environment.setClock(1);
    leader.hide();
    await browser.settle();
    browser.channels.letGo(early?.name ?? "");
    await browser.settle();
    expect(names(browser.leaders())).toEqual([late?.name]);
    expect(browser.streamsOpened()).toBe(3);
  });

  it("settle even in the same millisecond", async () => {
    const { browser, leader, tabs } = await openTabs([1, 2, 3, 4]);
    for (const { name } of tabs) browser.channels.hold(name);
    leader.hide();
    await browser.settle();
    for (const { name } of tabs) browser.channels.letGo(name);
    await browser.settle();
    expect(names(browser.leaders())).toHaveLength(1);
    expect(names(browser.leaders())).not.toContain(leader.name);
    browser.leaders()[0]?.answer({ runs: [shop, blog] });
    await browser.settle();
    for (const tab of browser.tabs)
      expect(tab.active()).toEqual(["Server running (blog)", "Server running (shop)"]);
  });
});

const answerShop = (tab: FakeTab) => tab.answer({ runs: [shop] });

interface Robbery {
  /** What the old leader hears before it freezes. */
  heard?: (old: FakeTab) => void;
  /** By how much the clock is set before it is robbed. */
  clockMs?: number;
}

/**
 * Two took the lead at once. The one that kept it is the older one by its name, and is told of that
 * only when it thaws: by then `next` has robbed it, and knows of a new server, and so does another.
 */
async function robAfterTie({ heard = () => {}, clockMs = 0 }: Robbery) {
  const { browser, leader, tabs } = await openTabs([1, 7, 8, 2]);
  const [first, old, next] = tabs;
  if (!first || !old || !next) throw new Error("there are four tabs");
  next.hide();
  leader.hide();
  for (const { name } of [first, old]) browser.channels.deliver(name);
  browser.locks.tell(first.name);
  leader.crash();
  first.crash();
  browser.channels.hold(next.name);
  await browser.settle();
  heard(old);
  await browser.settle();
  old.freeze();
  for (const { environment } of [old, next]) environment.setClock(clockMs);
  next.show();
  await browser.advance(15_000);
  next.answer({ runs: [shop, blog] });
  await browser.settle();
  browser.channels.letGo(next.name);
  const other = await browser.open({ isHidden: true });
  old.environment.sleep(15_001);
  old.thaw();
  return { browser, old, next, other };
}

/** What tabs say comes before the browser's word that a lock was stolen, or is free. */
async function hearTabsFirst({ browser, ...tabs }: Awaited<ReturnType<typeof robAfterTie>>) {
  for (const { name } of [tabs.old, tabs.next, tabs.other]) while (browser.channels.deliver(name));
  await browser.settle();
}

describe("a leader that thaws, and is overruled by one that began when it did", () => {
  it.each([{ clockMs: 0 }, { clockMs: -3_600_000 }])(
    "takes nothing away with its old picture, the clock set by $clockMs ms",
    async ({ clockMs }) => {
      const robbed = await robAfterTie({ heard: answerShop, clockMs });
      await hearTabsFirst(robbed);
      const { browser, old, next, other } = robbed;
      expect(names(browser.leaders())).toEqual([next.name]);
      for (const tab of [old, next, other]) expect(tab.labels.at(-1)).toBe("Server running (blog)");
      for (const tab of [next, other]) expect(lost(tab)).toEqual([]);
    },
  );

  it("takes nothing away with an answer that it asked for before", async () => {
    const robbed = await robAfterTie({});
    const { browser, old, next, other } = robbed;
    const saidBefore = browser.channels.said().length;
    while (browser.channels.said().length === saidBefore) browser.channels.deliver(old.name);
    answerShop(old);
    await old.environment.settle();
    await hearTabsFirst(robbed);
    expect(names(browser.leaders())).toEqual([next.name]);
    for (const tab of [next, other]) expect(lost(tab)).toEqual([]);
  });
});

/** What a tab has shown since it showed the new server. */
function lost({ labels }: FakeTab): string[] {
  return labels.slice(labels.indexOf("Server running (blog)") + 1);
}
