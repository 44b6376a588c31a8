import { expect, it } from "vitest";
import { startFakeSync } from "../../support/sync/harness.ts";

it("polls at once between two polls, and the pace goes on from there", async () => {
  const { environment, sync } = startFakeSync();
  environment.request().respond({ builds: [] });
  await environment.advance(3_000);
  sync.refresh();
  expect(environment.request().sentAt).toBe(3_000);
  environment.request().respond({ builds: [] });
  await environment.advance(4_999);
  expect(environment.requests).toHaveLength(0);
  await environment.advance(1);
  expect(environment.totals.requests).toBe(3);
});

it("leads to exactly one further poll when it is called during a poll, however often", async () => {
  const { environment, sync } = startFakeSync();
  for (let call = 0; call < 3; call += 1) sync.refresh();
  expect(environment.totals.requests).toBe(1);
  environment.request().respond({ builds: [] });
  await environment.settle();
  expect(environment.totals.requests).toBe(2);
  environment.request().respond({ builds: [] });
  await environment.advance(4_999);
  expect(environment.totals.requests).toBe(2);
});

it("is heard again during the further poll", async () => {
  const { environment, sync } = startFakeSync();
  sync.refresh();
  environment.request().respond({ builds: [] });
  await environment.settle();
  sync.refresh();
  environment.request().respond({ builds: [] });
  await environment.settle();
  expect(environment.totals.requests).toBe(3);
});

it("does not wait for the backoff of a failed poll", async () => {
  const { environment, sync } = startFakeSync({ world: { random: () => 0.9 } });
  environment.request().fail();
  await environment.settle();
  sync.refresh();
  expect(environment.totals.requests).toBe(2);
});

it("does nothing once the sync has stopped", async () => {
  const { environment, sync } = startFakeSync();
  sync.stop();
  sync.refresh();
  await environment.advance(60_000);
  expect(environment.totals.requests).toBe(1);
});
