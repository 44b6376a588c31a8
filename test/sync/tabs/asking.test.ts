import { describe, expect, it } from "vitest";
import type { Job } from "../../../src/jobs/job.ts";
import { trackRequest } from "../../../src/store/trackRequest.ts";
import { statusOf } from "../../support/jobs/jobStore.ts";
import { build, run } from "../../support/jobs/jobs.ts";
import { createFakeBrowser } from "../../support/tabs/fakeBrowser.ts";
import { buildJob, runJob } from "../../support/sync/wire.ts";

/** A leader with nothing to do, and two followers. */
async function openThree() {
  const browser = createFakeBrowser();
  const leader = await browser.open();
  const follower = await browser.open();
  const other = await browser.open();
  leader.answer();
  await browser.settle();
  return { browser, leader, follower, other };
}

describe("a hint in a follower", () => {
  it("shows in every tab, and the leader polls at once", async () => {
    const { browser, leader, follower } = await openThree();
    follower.store.getState().applyJobHint(build("b1", "pending"));
    expect(follower.active()).toEqual(["Build queued…"]);
    await browser.settle();
    for (const tab of browser.tabs) expect(tab.active()).toEqual(["Build queued…"]);
    expect(leader.environment.requests).toHaveLength(1);
    leader.environment.request().respond({ builds: [buildJob("b1", "succeeded")] });
    await browser.settle();
    for (const tab of browser.tabs) expect(tab.active()).toEqual([]);
    expect(follower.labels).toEqual(["Idle", "Checking…", "Idle", "Build queued…", "Idle"]);
  });

  it("is not undone by a picture that was on its way already", async () => {
    const { browser, leader, follower } = await openThree();
    // A tab that joins makes the leader say everything, of which the hint is no part yet.
    browser.channels.hold(follower.name);
    follower.store.getState().applyJobHint(build("b1", "pending"));
    await browser.open();
    expect(follower.active()).toEqual(["Build queued…"]);
    browser.channels.letGo(follower.name);
    await browser.settle();
    expect(leader.active()).toEqual(["Build queued…"]);
    expect(follower.labels).toEqual(["Idle", "Checking…", "Idle", "Build queued…"]);
  });

  it("is answered with what is true of its job, be it that nothing is new", async () => {
    const { browser, leader, follower } = await openThree();
    leader.environment.source().update(runJob("r1", "running"));
    await browser.advance(16);
    await browser.settle();
    const before = browser.channels.said().length;
    follower.store.getState().applyJobHint(run("r1", "running"));
    await browser.settle();
    expect(browser.channels.said().slice(before)).toEqual([
      { type: "hint", job: run("r1", "running") },
      expect.objectContaining({
        isWhole: false,
        active: Object.values(leader.store.getState().backendJobs),
      }),
    ]);
  });

  it("is published once, be it new or not", async () => {
    const { browser, follower } = await openThree();
    for (const status of ["pending", "running", "running"]) {
      const before = browser.channels.said().length;
      follower.store.getState().applyJobHint(run("r1", status));
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      await browser.settle();
      const types = browser.channels.said().map(({ type }) => type);
      expect(types.slice(before)).toEqual(["hint", "patch"]);
    }
  });

  it("with something foreign in it is taken without that, and the request resolves", async () => {
    const { browser, leader, follower } = await openThree();
    const answer = { ...build("b1", "pending"), cancel() {}, request: new AbortController() };
    const sent = trackRequest(follower.store, async () => answer, {
      label: "Triggering build",
      job: (result) => result,
    });
    await expect(sent).resolves.toBe(answer);
    await browser.settle();
    for (const tab of browser.tabs) expect(tab.active()).toEqual(["Build queued…"]);
    expect(leader.store.getState().backendJobs["build:b1"]).not.toHaveProperty("cancel");
    expect(browser.leaders()).toEqual([leader]);
  });

  it.each([
    ["an id that is a number", { id: 42 }],
    ["a title with a method", { title: { name: () => "shop" } }],
  ])("with %s is dropped and reported, and the request resolves", async (_, wrong) => {
    const { browser, leader, follower } = await openThree();
    const answer = { ...build("b1", "pending"), ...wrong };
    // As the host has it that has no types to tell it what a job is.
    const job: () => Job = () => Object(answer);
    const sent = trackRequest(follower.store, async () => answer, { label: "Triggering", job });
    await expect(sent).resolves.toBe(answer);
    await browser.settle();
    for (const tab of browser.tabs) expect(tab.active()).toEqual([]);
    expect(follower.problems).toHaveLength(1);
    expect(leader.problems).toEqual([]);
    expect(browser.leaders()).toEqual([leader]);
  });

  it("gives way to what the leader knows better", async () => {
    const { browser, leader, follower } = await openThree();
    leader.environment.source().update(runJob("r1", "running"));
    await leader.environment.advance(16);
    follower.store.getState().applyJobHint(run("r1", "pending"));
    await browser.settle();
    for (const tab of browser.tabs) expect(statusOf(tab.store, "run:r1")).toBe("running");
  });

  it("has this tab poll soon for the end of its job, should it lead meanwhile", async () => {
    const { browser, leader, follower } = await openThree();
    follower.store.getState().applyJobHint(build("b1", "pending"));
    await browser.settle();
    leader.close();
    await browser.settle();
    follower.answer({ builds: [buildJob("b1", "running")] });
    await browser.advance(1_000);
    expect(follower.environment.requests).toHaveLength(1);
  });

  it("does not revive what the leader has seen end", async () => {
    const { browser, leader, follower } = await openThree();
    leader.environment.source().update(runJob("r1", "stopped"));
    await leader.environment.advance(16);
    browser.channels.hold(leader.name);
    follower.store.getState().applyJobHint(run("r1", "pending"));
    await browser.settle();
    browser.channels.letGo(leader.name);
    await browser.settle();
    for (const tab of browser.tabs) expect(tab.active()).toEqual([]);
  });

  it("is not repeated in ever new polls by the tabs that hear of it", async () => {
    const { browser, leader, follower } = await openThree();
    const before = leader.environment.totals.requests;
    follower.store.getState().applyJobHint(build("b1", "running"));
    await browser.settle();
    const saidOnce = browser.channels.said().length;
    await browser.settle();
    expect(browser.channels.said().length).toBe(saidOnce);
    expect(leader.environment.totals.requests).toBe(before + 1);
  });
});

describe("a refresh", () => {
  it("in a follower has the leader poll at once", async () => {
    const { browser, leader, follower } = await openThree();
    follower.sync.refresh();
    await browser.settle();
    expect(leader.environment.requests).toHaveLength(1);
    expect(follower.environment.totals.requests).toBe(0);
  });

  it("in the leader polls at once", async () => {
    const { browser, leader } = await openThree();
    leader.sync.refresh();
    await browser.settle();
    expect(leader.environment.requests).toHaveLength(1);
  });
});

it("a title of which nothing can be shown costs the other tabs no job", async () => {
  const browser = createFakeBrowser();
  const leader = await browser.open();
  const follower = await browser.open();
  leader.answer();
  leader.store.getState().applyJobHint({ ...run("r1", "running"), title: "" });
  leader.store.getState().registerBackendJob("run:r2", "Started", { title: " " });
  await browser.settle();
  expect(follower.active()).toHaveLength(2);
  expect(follower.problems).toEqual([]);
});
