import { expect, it } from "vitest";
import { activeKeys } from "../../support/jobs/jobStore.ts";
import { startFakeSync } from "../../support/sync/harness.ts";
import { buildJob } from "../../support/sync/wire.ts";

const half = { random: () => 0.5 };

it("gives up a question after 10 s and says so", async () => {
  const { environment, store, connection } = startFakeSync();
  await environment.advance(10_000);
  expect(environment.requests).toHaveLength(0);
  expect(connection().builds).toBe("lost");
  expect(store.getState().connection.builds?.error).toBe("Builds: no answer within 10 s");
});

it("backs off while it fails and is back at its pace with the first answer", async () => {
  const { environment } = startFakeSync({ world: half });
  const sentAt: number[] = [];
  for (const delayMs of [2_500, 3_750, 5_625, 8_437.5]) {
    sentAt.push(environment.request().sentAt);
    environment.request().respond({ error: "on fire" }, 500);
    // oxlint-disable-next-line no-await-in-loop -- time passes step by step
    await environment.advance(delayMs);
  }
  expect(sentAt).toEqual([0, 2_500, 6_250, 11_875]);
  environment.request().respond({ builds: [] });
  await environment.advance(4_999);
  expect(environment.requests).toHaveLength(0);
  await environment.advance(1);
  expect(environment.requests).toHaveLength(1);
});

it("keeps the builds of the last answer, as last known, until the next one", async () => {
  const { environment, store, connection } = startFakeSync({ world: half });
  environment.request().respond({ builds: [buildJob("b1", "running")] });
  await environment.advance(5_000);
  environment.request().fail();
  await environment.settle();
  expect(activeKeys(store)).toEqual(["build:b1"]);
  expect(connection().builds).toBe("lost");
  await environment.advance(2_500);
  environment.request().respond({ builds: [] });
  await environment.settle();
  expect(activeKeys(store)).toEqual([]);
  expect(connection().builds).toBe("live");
});

it.each([
  ["500", 500, {}, "Builds: HTTP 500"],
  ["404", 404, {}, "Builds: HTTP 404"],
  ["no JSON", 200, "<!doctype html>", "Builds: expected JSON, got application/json"],
  ["no list", 200, { items: [] }, "Builds: answer.builds: expected a value, got undefined"],
])("says in words what came instead of the builds: %s", async (_, status, body, words) => {
  const { environment, store } = startFakeSync();
  environment.request().respond(body, status);
  await environment.settle();
  expect(store.getState().connection.builds).toMatchObject({ status: "lost", error: words });
});
