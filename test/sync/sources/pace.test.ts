// How often a source is asked.
import { describe, expect, it } from "vitest";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import type { FakeEventSource } from "../../../src/testing/eventSource.ts";
import { build } from "../../support/jobs/jobs.ts";
import { statusOf } from "../../support/jobs/jobStore.ts";
import { startFakeSync } from "../../support/sync/harness.ts";
import { buildJob, runJob } from "../../support/sync/wire.ts";
import { createFakeBrowser } from "../../support/tabs/fakeBrowser.ts";

const half = { random: () => 0.5 };

/* oxlint-disable no-await-in-loop -- time passes step by step */
/** A build that the server lists from now on, until it has lasted for `lastsMs`. */
async function follow(lastsMs: number, isAskedHere: boolean) {
  const { environment, store } = startFakeSync();
  environment.request().respond({ builds: [] });
  await environment.advance(1_000);
  const beganAt = environment.elapsed();
  const status = () => (environment.elapsed() - beganAt < lastsMs ? "running" : "succeeded");
  if (isAskedHere) store.getState().applyJobHint(build("b1", "pending"));
  const first = environment.totals.requests;
  do {
    environment.requests[0]?.respond({ builds: [buildJob("b1", status())] });
    await environment.advance(10);
  } while (environment.elapsed() - beganAt < lastsMs || statusOf(store, "build:b1"));
  return {
    lateMs: environment.elapsed() - beganAt - lastsMs,
    polls: environment.totals.requests - first,
  };
}

describe("a page that wakes again and again", () => {
  it("costs no more than one poll a second", async () => {
    const { environment } = startFakeSync();
    environment.request().respond({ builds: [] });
    await environment.settle();
    for (let times = 0; times < 30; times += 1) {
      environment.show();
      environment.requests[0]?.respond({ builds: [] });
      await environment.advance(100);
    }
    expect(environment.totals.requests).toBeLessThanOrEqual(1 + 4);
  });

  it("costs no more than one stream a second", async () => {
    const { environment } = startFakeSync();
    environment.source().init([]);
    for (let times = 0; times < 30; times += 1) {
      environment.wake("online");
      environment.source().init([]);
      await environment.advance(100);
    }
    expect(environment.totals.sources).toBeLessThanOrEqual(1 + 4);
  });

  it("leaves a stream the two seconds that it takes to answer", async () => {
    const { environment, connection } = startFakeSync();
    for (let seconds = 0; seconds < 60; seconds += 1) {
      environment.wake("online");
      const isDue = ({ openedAt }: FakeEventSource) => environment.elapsed() - openedAt >= 2_000;
      for (const source of environment.sources.filter(isDue)) source.init([]);
      await environment.advance(1_000);
    }
    expect(connection().runs).toBe("live");
  });

  it("is looked at once more after the last time", async () => {
    const { environment } = startFakeSync();
    environment.request().respond({ builds: [] });
    await environment.settle();
    environment.show();
    environment.request().respond({ builds: [] });
    await environment.advance(500);
    environment.show();
    expect(environment.requests).toHaveLength(0);
    await environment.advance(500);
    expect(environment.requests).toHaveLength(1);
  });
});

describe("Retry-After", () => {
  it.each([
    ["seconds", "120", 120_000],
    ["a date by the server's clock", "Mon, 05 Jan 2026 15:02:00 GMT", 120_000],
    ["more than five minutes", "3600", 300_000],
    ["more than a timer can wait", "9999999999999", 300_000],
  ])("is kept: %s", async (_, value, ms) => {
    const { environment } = startFakeSync({ world: half });
    const date = "Mon, 05 Jan 2026 15:00:00 GMT";
    environment.request().respond({}, 429, { "retry-after": value, date });
    await environment.advance(ms - 1);
    expect(environment.totals.requests).toBe(1);
    await environment.advance(1);
    expect(environment.totals.requests).toBe(2);
  });

  it("is kept however often the page wakes, is refreshed, or asks for a build", async () => {
    const { environment, store, sync } = startFakeSync({ world: half });
    environment.source().init([]);
    environment.request().respond({}, 503, { "retry-after": "60" });
    await environment.settle();
    for (let seconds = 0; seconds < 59; seconds += 1) {
      environment.show();
      sync.refresh();
      store.getState().applyJobHint(build("b1", "pending"));
      await environment.advance(1_000);
    }
    expect(environment.totals.requests).toBe(1);
  });

  it("is kept by a tab without locks that comes back into view beside another", async () => {
    const browser = createFakeBrowser();
    const tab = await browser.open({ hasLocks: false });
    await browser.open({ hasLocks: false });
    tab.environment.request().respond({}, 429, { "retry-after": "120" });
    await browser.settle();
    tab.hide();
    await browser.advance(100);
    tab.show();
    await browser.advance(100);
    expect(tab.environment.totals.requests).toBe(1);
  });

  it.each([
    ["that was there before", 0],
    ["that opened later", 30_000],
  ])("is kept by a tab %s and takes the lead", async (_, ms) => {
    const browser = createFakeBrowser();
    const leader = await browser.open();
    const early = ms === 0 ? await browser.open() : undefined;
    leader.environment.request().respond({}, 429, { "retry-after": "120" });
    await browser.advance(ms);
    const next = early ?? (await browser.open());
    leader.crash();
    await browser.advance(119_000 - ms);
    expect(next.environment.totals.requests).toBe(0);
    await browser.advance(1_000);
    expect(next.environment.totals.requests).toBe(1);
  });

  it("is kept when the host resets its store", async () => {
    const store = createActivityStore();
    const { environment } = startFakeSync({ store });
    environment.request().respond({}, 429, { "retry-after": "120" });
    await environment.settle();
    store.setState(store.getInitialState(), true);
    await environment.advance(10_000);
    expect(environment.totals.requests).toBe(1);
  });

  it("does not hurry a hidden page", async () => {
    const { environment } = startFakeSync({ world: half });
    environment.hide();
    environment.request().respond({}, 429, { "retry-after": "5" });
    await environment.advance(59_999);
    expect(environment.totals.requests).toBe(1);
  });
});

describe("while a build that was asked for here is active", () => {
  it.each([100, 400, 1_000, 5_000, 14_000])(
    "its end after %i ms shows within 0.5 s or a third of its length",
    async (lastsMs) => {
      const { lateMs } = await follow(lastsMs, true);
      expect(lateMs).toBeLessThanOrEqual(Math.max(500, lastsMs / 3));
    },
  );

  it("the pause grows to the interval, so that a long one costs few polls", async () => {
    const { polls } = await follow(60_000, true);
    expect(polls).toBeLessThan(30);
  });

  it("a clock that is set back costs few polls either", async () => {
    const { environment, store } = startFakeSync();
    environment.request().respond({ builds: [] });
    await environment.settle();
    store.getState().applyJobHint(build("b1", "running"));
    environment.setClock(-3_600_000);
    while (environment.elapsed() < 300_000) {
      environment.requests[0]?.respond({ builds: [buildJob("b1", "running")] });
      await environment.advance(100);
    }
    expect(environment.totals.requests).toBeLessThan(100);
  });

  it("the pause does not begin anew with an answer after a failure", async () => {
    const { environment, store } = startFakeSync({ world: half });
    const running = { builds: [buildJob("b1", "running")] };
    environment.request().respond({ builds: [] });
    await environment.settle();
    store.getState().applyJobHint(build("b1", "running"));
    while (environment.elapsed() < 60_000) {
      environment.requests[0]?.respond(running);
      await environment.advance(100);
    }
    await environment.advance(5_000);
    environment.request().fail();
    await environment.advance(5_000);
    const before = environment.totals.requests;
    for (let steps = 0; steps < 100; steps += 1) {
      environment.requests[0]?.respond(running);
      await environment.advance(50);
    }
    expect(environment.totals.requests - before).toBeLessThan(3);
  });

  it("one that is only watched keeps the interval", async () => {
    const { polls } = await follow(14_000, false);
    expect(polls).toBe(3);
  });
});

describe("a source that is back", () => {
  it("has a stream replaced that may have missed as much", async () => {
    const { environment, connection } = startFakeSync({ world: half });
    environment.source().init([runJob("r1", "running")]);
    environment.request().respond({ builds: [] });
    await environment.advance(5_000);
    environment.request().respond({}, 502);
    await environment.advance(2_500);
    expect(environment.totals.sources).toBe(1);
    environment.request().respond({ builds: [] });
    await environment.settle();
    expect(environment.sources).toHaveLength(2);
    expect(connection()).toEqual({ runs: "live", builds: "live" });
    environment.source().init([]);
    expect(environment.sources).toHaveLength(1);
  });

  it("has a poll asked that waits for its backoff", async () => {
    const { environment } = startFakeSync({ world: half });
    environment.source().init([]);
    environment.request().respond({ builds: [] });
    await environment.advance(5_000);
    environment.source().fail();
    environment.request().respond({}, 502);
    await environment.settle();
    environment.wake("online");
    environment.request().respond({}, 502);
    await environment.settle();
    expect(environment.requests).toHaveLength(0);
    environment.source().init([]);
    await environment.advance(1_000);
    expect(environment.requests).toHaveLength(1);
  });

  it("does not hide a stream that never answers, however often it fails and is back", async () => {
    const { environment, store } = startFakeSync({ pollIntervalMs: 2_000, world: half });
    const seen = new Set<string | undefined>();
    store.subscribe(({ connection }) => seen.add(connection.runs?.status));
    for (let asks = 0; environment.elapsed() < 120_000; await environment.advance(100)) {
      const [request] = environment.requests;
      if (!request) continue;
      asks += 1;
      if (asks % 2) request.respond({ builds: [] });
      else request.fail();
    }
    expect(seen).toContain("lost");
  });

  it("leaves one alone that has spoken since", async () => {
    const { environment } = startFakeSync({ world: half });
    environment.source().init([]);
    environment.request().respond({ builds: [] });
    await environment.advance(5_000);
    environment.request().respond({}, 502);
    await environment.settle();
    environment.source().update(runJob("r1", "running"));
    await environment.advance(2_500);
    environment.request().respond({ builds: [] });
    await environment.settle();
    expect(environment.totals.sources).toBe(1);
  });
});
/* oxlint-enable no-await-in-loop */

it("loses nothing by an event of the server's that is named error", async () => {
  const { environment, connection } = startFakeSync();
  environment.source().init([]);
  environment.source().send("error", { message: "disk full" });
  expect(connection().runs).toBe("live");
  expect(environment.totals.sources).toBe(1);
});
