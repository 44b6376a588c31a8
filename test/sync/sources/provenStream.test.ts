// A connection proves itself by lasting.
import { expect, it } from "vitest";
import { startFakeSync } from "../../support/sync/harness.ts";
import { runJob } from "../../support/sync/wire.ts";

/** A cache that has kept an ended stream answers every connection with it, for two minutes. */
async function replay(forMs: number) {
  const started = startFakeSync({ world: { random: () => 0.5 } });
  const { environment } = started;
  const statuses: string[] = [];
  started.store.subscribe(({ connection: { runs } }) => {
    if (runs && runs.status !== statuses.at(-1)) statuses.push(runs.status);
  });
  while (environment.elapsed() < forMs) {
    const [source] = environment.sources;
    source?.init([runJob("r1", "running")]);
    source?.update(runJob("r1", "running"));
    source?.fail();
    // oxlint-disable-next-line no-await-in-loop -- one connection after the other
    await environment.advance(100);
  }
  return { ...started, statuses };
}

it("is lost, once and with growing pauses, where every connection ends after its snapshot", async () => {
  const { environment, store, connection, statuses } = await replay(121_000);
  expect(connection().runs).toBe("lost");
  expect(statuses).toEqual(["live", "lost", "live", "lost"]);
  expect(environment.totals.sources).toBeLessThan(15);
  const since = store.getState().connection.runs?.since ?? 0;
  expect(Date.now() - since).toBeLessThan(60_000);
});

it("is live again once a connection has lasted for 5 s", async () => {
  const { environment, connection } = await replay(20_000);
  while (environment.sources.length === 0) {
    // oxlint-disable-next-line no-await-in-loop -- time passes step by step
    await environment.advance(1_000);
  }
  environment.source().init([]);
  await environment.advance(4_999);
  expect(connection().runs).toBe("lost");
  await environment.advance(1);
  expect(connection().runs).toBe("live");
});

it("is live at once again after a single connection that ended early", async () => {
  const { environment, connection } = startFakeSync({ world: { random: () => 0.5 } });
  environment.source().init([]);
  environment.source().fail();
  await environment.advance(2_500);
  environment.source().init([]);
  expect(connection().runs).toBe("live");
});
