// Every tab gets the raw events of the one connection, and none is sent for nobody.
import { describe, expect, it, vi } from "vitest";
import { defineJobKind, defineSource, type Sink, type Source } from "../../../src/index.ts";
import { createFakeBrowser, type FakeBrowser } from "../../support/tabs/fakeBrowser.ts";
import type { FakeTab } from "../../support/tabs/fakeTab.ts";

/** A leader that is live, and two followers. */
async function openThree() {
  const browser = createFakeBrowser();
  const leader = await browser.open();
  const follower = await browser.open();
  const other = await browser.open();
  leader.answer();
  await browser.settle();
  return { browser, leader, follower, other };
}

function listen(tab: FakeTab): string[] {
  const lines: string[] = [];
  tab.sync.onEvent("runs", "run-log", (data) => lines.push(data));
  return lines;
}

function sentEvents(browser: FakeBrowser): number {
  return browser.channels.said().filter(({ type }) => type === "event").length;
}

/** The stream of the tab that leads has a line. */
async function log(browser: FakeBrowser, line: string): Promise<void> {
  browser.leaders()[0]?.environment.source().send("run-log", line);
  await browser.settle();
}

describe("a raw event", () => {
  it("comes once to each tab that listens, and opens no second stream", async () => {
    const { browser, leader, follower, other } = await openThree();
    const lines = [listen(leader), listen(follower)];
    const unheard = vi.fn<(data: string) => void>();
    other.sync.onEvent("runs", "another", unheard);
    await browser.settle();
    await log(browser, "1");
    await log(browser, "2");
    expect(lines).toEqual([
      ["1", "2"],
      ["1", "2"],
    ]);
    expect(unheard).not.toHaveBeenCalled();
    expect(browser.streamsOpened()).toBe(1);
  });

  it("is sent to no other tab while none listens", async () => {
    const { browser, leader } = await openThree();
    const lines = listen(leader);
    await browser.settle();
    await log(browser, "1");
    expect(lines).toEqual(["1"]);
    expect(sentEvents(browser)).toBe(0);
  });

  it("is sent once, however many tabs and listeners there are", async () => {
    const { browser, follower, other } = await openThree();
    const lines = [listen(follower), listen(follower), listen(other)];
    await browser.settle();
    await log(browser, "1");
    expect(lines).toEqual([["1"], ["1"], ["1"]]);
    expect(sentEvents(browser)).toBe(1);
  });

  it("is sent for 20 s at the most after the last tab that listened has gone", async () => {
    const { browser, follower } = await openThree();
    listen(follower);
    await browser.settle();
    await browser.advance(30_000);
    await log(browser, "1");
    follower.crash();
    await browser.advance(20_000);
    await log(browser, "2");
    expect(sentEvents(browser)).toBe(1);
  });

  it("comes on after another tab has taken the lead", async () => {
    const { browser, leader, follower, other } = await openThree();
    const lines = [listen(follower), listen(other)];
    await browser.settle();
    await log(browser, "1");
    leader.close();
    await browser.settle();
    expect(browser.leaders()).toEqual([follower]);
    follower.answer();
    await browser.settle();
    await log(browser, "2");
    expect(lines).toEqual([
      ["1", "2"],
      ["1", "2"],
    ]);
  });

  it("of a leader whose lead another tab has taken comes to nobody", async () => {
    const { browser, leader, follower, other } = await openThree();
    const lines = listen(other);
    // So that it does not take the lead itself.
    other.hide();
    await browser.settle();
    const old = leader.environment.source();
    leader.freeze();
    await browser.advance(20_000);
    const [next = follower] = browser.leaders();
    expect(next).not.toBe(leader);
    next.answer();
    await browser.settle();
    old.send("run-log", "late");
    leader.thaw();
    await browser.settle();
    await log(browser, "in time");
    expect(lines).toEqual(["in time"]);
  });

  it("does not reach a tab that has stopped", async () => {
    const { browser, follower } = await openThree();
    const lines = listen(follower);
    await browser.settle();
    follower.sync.stop();
    await log(browser, "1");
    expect(lines).toEqual([]);
  });

  it("comes on after a page was in the back/forward cache", async () => {
    const { browser, follower } = await openThree();
    const lines = listen(follower);
    await browser.settle();
    follower.leave();
    await browser.advance(30_000);
    await log(browser, "while it was away");
    follower.restore();
    await browser.settle();
    await log(browser, "back");
    expect(lines).toEqual(["back"]);
  });

  it("comes by a tab's own stream where there are no locks", async () => {
    const browser = createFakeBrowser();
    const tabs = [await browser.open({ hasLocks: false }), await browser.open({ hasLocks: false })];
    const lines = tabs.map(listen);
    for (const tab of tabs) {
      tab.answer();
      tab.environment.source().send("run-log", "1");
    }
    await browser.settle();
    expect(lines).toEqual([["1"], ["1"]]);
    expect(sentEvents(browser)).toBe(0);
  });

  it("of a source that runs in every tab comes to each tab from its own, once", async () => {
    const sinks: Sink[] = [];
    const sources = (): Source[] => [
      defineSource({ name: "shared", kinds: [kindOf("a")], start: live }),
      defineSource({
        name: "own",
        kinds: [kindOf("b")],
        runsIn: "everyTab",
        start(sink) {
          sinks.push(sink);
          return live(sink);
        },
      }),
    ];
    const options = (): object => ({ sources: sources() });
    const browser = createFakeBrowser();
    await browser.open(options());
    const follower = await browser.open(options());
    const lines: string[] = [];
    follower.sync.onEvent("own", "log", (data) => lines.push(data));
    await browser.settle();
    for (const sink of sinks) sink.event("log", "1");
    await browser.settle();
    expect(lines).toEqual(["1"]);
  });
});

function kindOf(name: string) {
  return defineJobKind({ name, noun: name, statuses: { on: "working" }, parse: asIs });
}

function asIs(raw: { id: string; status: "on" }) {
  return raw;
}

function live(sink: Sink) {
  sink.live();
  return () => {};
}
