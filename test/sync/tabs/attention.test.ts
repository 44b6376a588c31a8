import { describe, expect, it } from "vitest";
import { selectRecentJobs, selectUnreadFailures } from "../../../src/store/selectors.ts";
import { createFakeBrowser } from "../../support/tabs/fakeBrowser.ts";
import type { FakeTab } from "../../support/tabs/fakeTab.ts";
import { runJob } from "../../support/sync/wire.ts";

const key = "run:r1";

/** Three tabs in which a server has failed; the first one leads. */
async function failInThree() {
  const browser = createFakeBrowser();
  const leader = await browser.open();
  const follower = await browser.open();
  await browser.open();
  leader.answer({ runs: [runJob("r1", "running")] });
  await browser.settle();
  leader.environment.source().update(runJob("r1", "failed"));
  await browser.advance(16);
  return { browser, leader, follower };
}

/** The same with a hundred servers. */
async function failAHundred() {
  const { browser, leader, follower } = await failInThree();
  const ids = Array.from({ length: 100 }, (_, n) => `s${n}`);
  for (const status of ["running", "failed"] as const) {
    for (const id of ids) leader.environment.source().update(runJob(id, status));
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    await browser.advance(16);
  }
  leader.store.getState().setReadState([key], "dismissed");
  await browser.settle();
  return { browser, leader, follower, keys: ids.map((id) => `run:${id}` as const) };
}

const attentionIn = ({ store }: FakeTab) => store.getState().endedJobs[key]?.readState;
const unreadIn = ({ store }: FakeTab) => selectUnreadFailures(store.getState());
const recentIn = ({ store }: FakeTab) => selectRecentJobs(store.getState()).length;

describe.each(["leader", "follower"] as const)("what was looked at in a %s", (who) => {
  it("is read in every tab", async () => {
    const { browser, ...tabs } = await failInThree();
    expect(browser.tabs.map(unreadIn)).toEqual([1, 1, 1]);
    tabs[who].store.getState().setReadState([key], "read");
    await browser.settle();
    expect(browser.tabs.map(unreadIn)).toEqual([0, 0, 0]);
    expect(browser.tabs.map(recentIn)).toEqual([1, 1, 1]);
  });

  it("is put away in every tab, also in one that joins later", async () => {
    const { browser, ...tabs } = await failInThree();
    tabs[who].store.getState().setReadState([key], "dismissed");
    await browser.open();
    expect(browser.tabs.map(recentIn)).toEqual([0, 0, 0, 0]);
  });
});

describe("readState", () => {
  it("only moves forward, whichever tab says less", async () => {
    const { browser, leader, follower } = await failInThree();
    leader.store.getState().setReadState([key], "dismissed");
    follower.store.getState().setReadState([key], "read");
    await browser.settle();
    expect(browser.tabs.map(attentionIn)).toEqual(["dismissed", "dismissed", "dismissed"]);
  });

  it("is not taken back by a picture from before it", async () => {
    const { browser, follower } = await failInThree();
    browser.channels.hold(follower.name);
    follower.store.getState().setReadState([key], "read");
    await browser.open();
    expect(attentionIn(follower)).toBe("read");
    browser.channels.letGo(follower.name);
    await browser.advance(50);
    expect(browser.tabs.map(attentionIn)).toEqual(["read", "read", "read", "read"]);
  });

  it("goes on with the tab that leads next", async () => {
    const { browser, leader, follower } = await failInThree();
    follower.store.getState().setReadState([key], "read");
    await browser.settle();
    leader.crash();
    await browser.settle();
    follower.answer({ runs: [runJob("r1", "failed")] });
    await browser.settle();
    const joined = await browser.open();
    expect(attentionIn(joined)).toBe("read");
  });

  it("is said again to a tab that leads next and has not heard of it", async () => {
    const { browser, leader, follower } = await failInThree();
    leader.freeze();
    browser.tabs[2]?.store.getState().setReadState([key], "read");
    await browser.settle();
    leader.crash();
    await browser.settle();
    expect(browser.leaders()).toEqual([follower]);
    expect(attentionIn(follower)).toBe("read");
  });

  it.each(["leader", "follower"] as const)(
    "to a hundred ends at once in a %s is one message and one report",
    async (who) => {
      const { browser, keys, ...tabs } = await failAHundred();
      const said = browser.channels.said().length;
      const { setReadState } = tabs[who].store.getState();
      for (const failed of keys) setReadState([failed], "dismissed");
      await browser.settle();
      const types = browser.channels.said().map(({ type }) => type);
      expect(types.slice(said)).toEqual(who === "leader" ? ["patch"] : ["readState", "patch"]);
      expect(browser.tabs.map(recentIn)).toEqual([0, 0, 0]);
    },
  );

  it("to a hundred ends of which the leader has not heard is repeated in one message", async () => {
    const { browser, follower, keys } = await failAHundred();
    const said = browser.channels.said().length;
    browser.channels.hold(follower.name);
    follower.store.getState().setReadState(keys, "dismissed");
    // A tab that joins makes the leader say everything, of which this is no part yet.
    await browser.open();
    await browser.advance(50);
    browser.channels.letGo(follower.name);
    await browser.settle();
    const types = browser.channels.said().map(({ type }) => type);
    expect(types.slice(said).filter((type) => type === "readState")).toHaveLength(2);
    expect(browser.tabs.map(recentIn)).toEqual([0, 0, 0, 0]);
  });

  it("goes round once, however many tabs there are", async () => {
    const { browser, follower } = await failInThree();
    const said = browser.channels.said().length;
    follower.store.getState().setReadState([key], "read");
    await browser.settle();
    const types = browser.channels.said().map(({ type }) => type);
    expect(types.slice(said)).toEqual(["readState", "patch"]);
  });
});
