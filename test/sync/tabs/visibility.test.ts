import { describe, expect, it } from "vitest";
import { createFakeBrowser } from "../../support/tabs/fakeBrowser.ts";
import type { FakeTab } from "../../support/tabs/fakeTab.ts";
import { runJob } from "../../support/sync/wire.ts";

const names = (tabs: readonly FakeTab[]) => tabs.map(({ name }) => name);

/** A browser with tabs that are hidden or not; the first one leads and has heard from the server. */
async function openTabs(...hidden: boolean[]) {
  const browser = createFakeBrowser();
  // oxlint-disable-next-line no-await-in-loop -- in this order
  for (const isHidden of hidden) await browser.open({ isHidden });
  browser.leaders()[0]?.answer({ runs: [runJob("r1", "running")] });
  await browser.settle();
  return browser;
}

describe("the visible tab leads", () => {
  it("when it opens while a hidden one leads", async () => {
    const browser = await openTabs(true, true);
    const visible = await browser.open();
    // The tab before it has just been answered.
    await browser.advance(50);
    expect(names(browser.leaders())).toEqual([visible.name]);
  });

  it("when it comes into view while a hidden one leads", async () => {
    const browser = await openTabs(true, true);
    browser.tabs[1]?.show();
    await browser.settle();
    expect(names(browser.leaders())).toEqual(["tab-1"]);
  });

  it("when the leader is hidden", async () => {
    const browser = await openTabs(false, false);
    browser.tabs[0]?.hide();
    await browser.settle();
    expect(names(browser.leaders())).toEqual(["tab-1"]);
  });

  it("when the lead has passed on to a hidden one", async () => {
    const browser = await openTabs(false, true, false);
    browser.tabs[0]?.close();
    await browser.settle();
    expect(names(browser.leaders())).toEqual(["tab-2"]);
  });

  it("also after the hidden leader was throttled for ten minutes", async () => {
    const browser = await openTabs(false, true);
    const [leader, other] = browser.tabs;
    leader?.hide();
    await browser.settle();
    leader?.freeze();
    await browser.advance(600_000);
    other?.show();
    await browser.settle();
    expect(names(browser.leaders())).toEqual(["tab-1"]);
  });
});

describe("nobody fights", () => {
  it("between two visible windows: the one that leads goes on", async () => {
    const browser = await openTabs(false, false);
    const opened = browser.streamsOpened();
    await browser.advance(60_000);
    browser.tabs[1]?.show();
    browser.tabs[0]?.show();
    await browser.advance(60_000);
    // By the lock: between two tries at a server that says nothing there is no stream.
    expect(Object.values(browser.locks.holders())).toEqual(["tab-0"]);
    // The stream is replaced after a minute of silence, in the same tab.
    expect(browser.tabs[1]?.environment.totals.sources).toBe(0);
    expect(opened).toBe(1);
  });

  it("among hidden tabs: the one that leads goes on", async () => {
    const browser = await openTabs(true, true, true);
    await browser.advance(60_000);
    expect(Object.values(browser.locks.holders())).toEqual(["tab-0"]);
    expect(browser.tabs.slice(1).map((tab) => tab.environment.totals.sources)).toEqual([0, 0]);
  });

  it("among many visible windows whose leader is hidden: one of them leads soon", async () => {
    const browser = await openTabs(false, false, false, false, false);
    browser.tabs[0]?.hide();
    await browser.settle();
    expect(browser.leaders()).toHaveLength(1);
    const opened = browser.streamsOpened();
    expect(opened).toBeLessThanOrEqual(browser.tabs.length);
    browser.leaders()[0]?.answer();
    await browser.advance(30_000);
    expect(browser.streamsOpened()).toBe(opened);
  });

  it("where the browser refuses locks: who hears of another leader follows for good", async () => {
    const browser = createFakeBrowser();
    browser.locks.refuse();
    await browser.open();
    const second = await browser.open();
    await browser.advance(1);
    expect(names(browser.leaders())).toEqual([second.name]);
    expect(browser.streamsOpened()).toBe(2);
  });
});

describe("a leader that falls silent", () => {
  it("is replaced by a visible tab after 15 s, and not before", async () => {
    const browser = await openTabs(false, false);
    browser.tabs[0]?.freeze();
    await browser.advance(14_999);
    expect(browser.leaders()).toEqual([]);
    await browser.advance(1);
    expect(names(browser.leaders())).toEqual(["tab-1"]);
  });

  it("is not replaced by a hidden tab, until that comes into view and has waited as long", async () => {
    const browser = await openTabs(false, true);
    const [leader, hidden] = browser.tabs;
    leader?.freeze();
    await browser.advance(600_000);
    expect(browser.leaders()).toEqual([]);
    hidden?.show();
    await browser.advance(14_999);
    expect(browser.leaders()).toEqual([]);
    await browser.advance(5_001);
    expect(names(browser.leaders())).toEqual(["tab-1"]);
  });

  it("is not replaced as long as it says anything at all, be it that nothing is new", async () => {
    const browser = await openTabs(false, false);
    await browser.advance(120_000);
    expect(browser.tabs[1]?.environment.totals.sources).toBe(0);
  });

  it("is not replaced because the machine slept", async () => {
    const browser = await openTabs(false, false);
    for (const { environment } of browser.tabs) environment.sleep(8 * 3_600_000);
    await browser.advance(5_000);
    expect(browser.tabs[1]?.environment.totals.sources).toBe(0);
  });

  it("follows when it comes back", async () => {
    const browser = await openTabs(false, false);
    const [old] = browser.tabs;
    old?.freeze();
    await browser.advance(15_000);
    browser.leaders()[0]?.answer({ runs: [runJob("r2", "running", { projectId: "blog" })] });
    await browser.settle();
    old?.thaw();
    await browser.settle();
    expect(names(browser.leaders())).toEqual(["tab-1"]);
    expect(old?.active()).toEqual(["Server running (blog)"]);
  });
});
