import { expect, it } from "vitest";
import { activeKeys } from "../../support/jobs/jobStore.ts";
import { startFakeSync } from "../../support/sync/harness.ts";
import { runJob } from "../../support/sync/wire.ts";

it("knows of a server without init only what its updates say", async () => {
  const { environment, store, connection } = startFakeSync({ sendsSnapshot: false });
  expect(connection().runs).toBe("connecting");
  environment.source().open();
  await environment.settle();
  expect(connection().runs).toBe("live");
  environment.source().update(runJob("r1", "running"));
  await environment.advance(16);
  expect(activeKeys(store)).toEqual(["run:r1"]);
  expect(connection().runs).toBe("live");
});

it("does not give up a server without init because it has nothing to tell", async () => {
  const { environment } = startFakeSync({ sendsSnapshot: false });
  environment.source().open();
  await environment.advance(59_000);
  expect(environment.totals.sources).toBe(1);
});

it("keeps the runs of a server without init across a reconnect", async () => {
  const { environment, store, connection } = startFakeSync({
    sendsSnapshot: false,
    world: { random: () => 0.5 },
  });
  environment.source().open();
  environment.source().update(runJob("r1", "running"));
  await environment.advance(16);
  environment.source().fail();
  await environment.advance(2_500);
  environment.source().open();
  await environment.advance(16);
  expect(activeKeys(store)).toEqual(["run:r1"]);
  environment.source().update(runJob("r1", "stopped"));
  await environment.advance(16);
  expect(activeKeys(store)).toEqual([]);
  expect(connection().runs).toBe("live");
});

it("is lost, where no such server is expected, after 15 s of headers alone or of updates", async () => {
  const { environment, store, connection } = startFakeSync({ world: { random: () => 0.5 } });
  const waiting = environment.source();
  waiting.open();
  waiting.update(runJob("r1", "running"));
  await environment.advance(14_999);
  expect(connection().runs).toBe("connecting");
  await environment.advance(1);
  expect(connection().runs).toBe("lost");
  expect(store.getState().connection.runs?.error).toBe("Runs: no answer within 15 s");
  expect(waiting.isClosed()).toBe(true);
  expect(activeKeys(store)).toEqual(["run:r1"]);
  await environment.advance(2_500);
  environment.source().init([]);
  expect(connection().runs).toBe("live");
});
