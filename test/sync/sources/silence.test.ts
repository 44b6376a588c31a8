import { describe, expect, it } from "vitest";
import { activeKeys } from "../../support/jobs/jobStore.ts";
import { many } from "../../support/jobs/jobs.ts";
import { startFakeSync } from "../../support/sync/harness.ts";
import { runJob } from "../../support/sync/wire.ts";

const checkMs = 5_000;

async function startLive(options = {}) {
  const started = startFakeSync(options);
  started.environment.source().init([runJob("r1", "running")]);
  await started.environment.settle();
  const statuses: string[] = [];
  started.store.subscribe(({ connection }) => statuses.push(connection.runs?.status ?? "off"));
  return { ...started, first: started.environment.source(), statuses };
}

describe("a stream from which nothing came for 60 s", () => {
  it("is replaced: the new one is opened and its init taken before the old one is closed", async () => {
    const { environment, store, first, statuses } = await startLive();
    await environment.advance(60_000 + checkMs);
    expect(environment.sources).toHaveLength(2);
    expect(first.isClosed()).toBe(false);
    environment.source().init([runJob("r2", "running")]);
    expect(first.isClosed()).toBe(true);
    expect(activeKeys(store)).toEqual(["run:r2"]);
    expect(statuses.filter((status) => status !== "live")).toEqual([]);
  });

  it("is not replaced before", async () => {
    const { environment } = await startLive();
    await environment.advance(59_999);
    expect(environment.totals.sources).toBe(1);
  });

  it("goes on being heard while its successor has not answered", async () => {
    const { environment, store, first } = await startLive();
    await environment.advance(60_000 + checkMs);
    first.update(runJob("r1", "stopping"));
    await environment.advance(16);
    expect(store.getState().backendJobs["run:r1"]?.status).toBe("stopping");
  });

  it("is given up with its successor when that has not answered after 15 s", async () => {
    const { environment, first, connection } = await startLive();
    await environment.advance(60_000);
    expect(environment.totals.sources).toBe(2);
    environment.source().open();
    await environment.advance(14_999);
    expect(connection().runs).toBe("live");
    await environment.advance(1);
    expect(connection().runs).toBe("lost");
    expect(first.isClosed()).toBe(true);
  });

  it("is replaced again and again while every successor falls silent too", async () => {
    const { environment, connection } = await startLive();
    for (let minute = 0; minute < 10; minute += 1) {
      // oxlint-disable-next-line no-await-in-loop -- time passes step by step
      await environment.advance(60_000 + checkMs);
      environment.source().init([]);
    }
    expect(environment.totals.sources).toBe(11);
    expect(environment.sources).toHaveLength(1);
    expect(connection().runs).toBe("live");
  });
});

it("keeps a stream that was heard from while its successor was refused", async () => {
  const { environment, first, connection } = await startLive();
  environment.wake("online");
  first.update(runJob("r1", "stopping"));
  environment.source().fail();
  expect(first.isClosed()).toBe(false);
  expect(connection().runs).toBe("live");
});

it("gives a successor that is opened after a sleep its own time to answer", async () => {
  const { environment, connection } = await startLive();
  await environment.advance(61_000);
  expect(environment.sources).toHaveLength(2);
  environment.sleep(3_600_000);
  environment.wake("online");
  const opened = environment.source();
  await environment.advance(100);
  expect(opened.isClosed()).toBe(false);
  expect(connection().runs).toBe("live");
});

it("takes an answer whose body never comes for none", async () => {
  const { environment, connection } = startFakeSync();
  environment.request().respond({ builds: [] });
  await environment.advance(1_000);
  const hanging = new Response(new ReadableStream());
  environment.fetch = () => Promise.resolve(hanging);
  await environment.advance(15_000);
  expect(connection().builds).toBe("lost");
});

it("counts every event as a sign of life, also one that changes nothing", async () => {
  const { environment, first } = await startLive();
  for (let times = 0; times < 20; times += 1) {
    // oxlint-disable-next-line no-await-in-loop -- time passes step by step
    await environment.advance(50_000);
    first.update(runJob("r1", "running"));
  }
  expect(environment.totals.sources).toBe(1);
});

it("finds out within 5 s that the machine slept for an hour", async () => {
  const { environment, store } = await startLive();
  environment.sleep(3_600_000);
  await environment.advance(checkMs);
  expect(environment.sources).toHaveLength(2);
  environment.source().init([]);
  expect(activeKeys(store)).toEqual([]);
});

it.each([
  ["a day on", 86_400_000],
  ["a day back", -86_400_000],
])("takes a clock that was set %s for silence, once", async (_, byMs) => {
  const { environment } = await startLive();
  await environment.advance(1);
  environment.setClock(byMs);
  await environment.advance(checkMs);
  expect(environment.sources).toHaveLength(2);
  environment.source().init([]);
  await environment.advance(50_000);
  expect(environment.totals.sources).toBe(2);
});

it("waits for as long as silenceMs says", async () => {
  const { environment } = await startLive({ silenceMs: 1_000 });
  await environment.advance(999);
  expect(environment.totals.sources).toBe(1);
  await environment.advance(251);
  expect(environment.totals.sources).toBe(2);
});

it("is turned off by silenceMs 0", async () => {
  const { environment } = await startLive({ silenceMs: 0 });
  environment.sleep(86_400_000);
  await environment.advance(3_600_000);
  expect(environment.totals.sources).toBe(1);
});

it("does not take the place of the backoff while the stream is lost", async () => {
  const { environment, first } = await startLive({ world: { random: () => 0.999 } });
  for (let failures = 0; failures < 6; failures += 1) {
    (environment.sources[0] ?? first).fail();
    // oxlint-disable-next-line no-await-in-loop -- time passes step by step
    if (failures < 5) await environment.advance(30_000);
  }
  environment.sleep(3_600_000);
  await environment.advance(29_000);
  expect(environment.sources).toHaveLength(0);
});

it("counts as lost once a replacement has not answered, however often the browser wakes", async () => {
  const { environment, connection } = startFakeSync();
  environment.source().init([]);
  await environment.advance(65_000);
  for (const _ of many(4, String)) {
    // oxlint-disable-next-line no-await-in-loop -- one wake after the other
    await environment.advance(4_000);
    environment.wake("online");
  }
  expect(connection().runs).toBe("lost");
});
