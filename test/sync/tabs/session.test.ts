import { describe, expect, it } from "vitest";
import { createFakeBrowser } from "../../support/tabs/fakeBrowser.ts";
import type { FakeTab } from "../../support/tabs/fakeTab.ts";
import { runJob } from "../../support/sync/wire.ts";

/** Three tabs with a server running; the first one leads. */
async function openThree() {
  const browser = createFakeBrowser();
  const leader = await browser.open();
  const follower = await browser.open();
  const other = await browser.open();
  leader.answer({ runs: [runJob("r1", "running")] });
  await browser.settle();
  return { browser, leader, follower, other };
}

function expectOver(tab: FakeTab): void {
  expect(tab.active()).toEqual([]);
  expect(tab.connection()).toEqual({ runs: "off", builds: "off" });
  expect(tab.environment.open()).toEqual({ timers: 0, requests: 0, sources: 0, wakeListeners: 0 });
}

describe.each(["the leader", "a follower"])("signing out in %s", (who) => {
  async function signOut() {
    const { browser, leader, follower, other } = await openThree();
    const actor = who === "the leader" ? leader : follower;
    actor.sync.signOut();
    await browser.settle();
    return { browser, actor, others: [leader, follower, other].filter((tab) => tab !== actor) };
  }

  it("stops all tabs: nothing open, no job, no lock, no channel", async () => {
    const { browser } = await signOut();
    for (const tab of browser.tabs) expectOver(tab);
    expect(browser.locks.holders()).toEqual({});
    expect(browser.locks.waiting()).toEqual([]);
    expect(browser.channels.names()).toEqual({});
  });

  it("tells the others once that their session is over, and not the one that did it", async () => {
    const { browser, actor, others } = await signOut();
    await browser.advance(60_000);
    for (const { calls } of others) expect(calls.unauthorized).toBe(1);
    expect(actor.calls.unauthorized).toBe(0);
  });

  it("leaves whoever signs in after it alone", async () => {
    const { browser } = await signOut();
    const next = await browser.open();
    await browser.settle();
    expect(next.isLeading()).toBe(true);
    expect(next.calls.unauthorized).toBe(0);
  });
});

it("signing out twice, or after a stop, says nothing more", async () => {
  const { browser, leader, follower, other } = await openThree();
  follower.sync.stop();
  follower.sync.signOut();
  await browser.settle();
  expect(leader.isLeading()).toBe(true);
  leader.sync.signOut();
  leader.sync.signOut();
  await browser.settle();
  expect(other.calls.unauthorized).toBe(1);
});

it("an answer of 401 in the leader ends the session in all tabs, once", async () => {
  const { browser, leader } = await openThree();
  leader.sync.refresh();
  leader.environment.request().respond({ error: "sign in" }, 401);
  await browser.settle();
  await browser.advance(60_000);
  for (const tab of browser.tabs) {
    expectOver(tab);
    expect(tab.calls.unauthorized).toBe(1);
  }
});

it("a stop in one tab is no matter of the others: the next one leads", async () => {
  const { browser, leader, follower, other } = await openThree();
  leader.sync.stop();
  await browser.settle();
  expectOver(leader);
  expect(follower.isLeading()).toBe(true);
  for (const tab of [follower, other]) {
    expect(tab.active()).toEqual(["Server running (shop)"]);
    expect(tab.calls.unauthorized).toBe(0);
  }
});

it("nothing that the others say gets through after a stop", async () => {
  const { browser, leader, follower } = await openThree();
  follower.sync.stop();
  const after = follower.store.getState();
  leader.environment.source().update(runJob("r2", "running"));
  await browser.advance(120_000);
  expect(follower.store.getState()).toBe(after);
});

it("without sharing, every tab has its own stream and says nothing", async () => {
  const browser = createFakeBrowser();
  await browser.open({ shareAcrossTabs: false });
  const second = await browser.open({ shareAcrossTabs: false, isHidden: true });
  expect(browser.leaders()).toHaveLength(2);
  second.answer();
  await browser.advance(45_000);
  expect(second.isLeading()).toBe(true);
  expect(browser.channels.said()).toEqual([]);
  expect(browser.channels.names()).toEqual({});
  expect(browser.locks.holders()).toEqual({});
});
