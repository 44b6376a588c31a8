import { describe, expect, it } from "vitest";
import { createFakeBrowser } from "../support/tabsFakeBrowser.ts";
import type { FakeTab } from "../support/tabsFakeTab.ts";
import { runJob } from "../support/syncWire.ts";

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

  it("does not cost the newest one its lead, although it is told on the channel of all", async () => {
    const { browser, old, next } = await deposeWhileFrozen();
    const opened = browser.streamsOpened();
    await old.environment.advance(5_000);
    old.thaw();
    await browser.advance(20_000);
    expect(names(browser.leaders())).toEqual([next?.name]);
    expect(browser.streamsOpened()).toBe(opened);
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
