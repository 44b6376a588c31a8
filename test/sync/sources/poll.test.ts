import { expect, it } from "vitest";
import { activeKeys, activeLabels } from "../../support/jobs/jobStore.ts";
import { startFakeSync } from "../../support/sync/harness.ts";
import { buildJob } from "../../support/sync/wire.ts";

it("asks for the builds at once and puts the active ones into the store", async () => {
  const { environment, store, connection } = startFakeSync();
  expect(environment.request().url).toBe("/api/builds");
  environment.request().respond({
    builds: [buildJob("b2", "pending"), buildJob("b1", "running"), buildJob("b0", "failed")],
  });
  await environment.settle();
  expect(activeLabels(store)).toEqual(["Building (shop)", "Build queued…"]);
  expect(connection().builds).toBe("live");
});

it("removes a build that the next answer no longer lists", async () => {
  const { environment, store } = startFakeSync();
  environment.request().respond({ builds: [buildJob("b1", "running")] });
  await environment.advance(5_000);
  environment.request().respond({ builds: [] });
  await environment.settle();
  expect(activeKeys(store)).toEqual([]);
});

it("asks again an interval after the answer, not after the question", async () => {
  const { environment } = startFakeSync();
  await environment.advance(9_000);
  expect(environment.totals.requests).toBe(1);
  environment.request().respond({ builds: [] });
  await environment.advance(4_999);
  expect(environment.totals.requests).toBe(1);
  await environment.advance(1);
  expect(environment.totals.requests).toBe(2);
});

it("never has two questions in flight, however slow the answers are", async () => {
  const { environment } = startFakeSync({ pollIntervalMs: 10 });
  let most = 0;
  for (let round = 0; round < 100; round += 1) {
    if (round % 7 === 0) environment.requests[0]?.respond({ builds: [] });
    // oxlint-disable-next-line no-await-in-loop -- time passes step by step
    await environment.advance(700);
    most = Math.max(most, environment.requests.length);
  }
  expect(most).toBe(1);
  expect(environment.totals.requests).toBeGreaterThan(10);
});

it("polls at the interval that was asked for", async () => {
  const { environment } = startFakeSync({ pollIntervalMs: 250 });
  for (let polls = 1; polls <= 4; polls += 1) {
    expect(environment.totals.requests).toBe(polls);
    environment.request().respond({ builds: [] });
    // oxlint-disable-next-line no-await-in-loop -- time passes step by step
    await environment.advance(250);
  }
});

it("leaves the state the same object when an answer brings nothing new", async () => {
  const { environment, store } = startFakeSync();
  environment.request().respond({ builds: [buildJob("b1", "running")] });
  await environment.advance(5_000);
  const before = store.getState();
  environment.request().respond({ builds: [buildJob("b1", "running")] });
  await environment.settle();
  expect(store.getState()).toBe(before);
});
