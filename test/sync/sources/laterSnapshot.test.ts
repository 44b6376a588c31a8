// A server may send its snapshot again on the same connection.
import { expect, it } from "vitest";
import { activeKeys } from "../../support/jobs/jobStore.ts";
import { run } from "../../support/jobs/jobs.ts";
import { startFakeSync } from "../../support/sync/harness.ts";
import { runJob } from "../../support/sync/wire.ts";

function start() {
  const started = startFakeSync();
  return {
    ...started,
    hint: (id: string) => started.store.getState().applyJobHint(run(id, "pending")),
  };
}

it("removes a run that an update told of before it", async () => {
  const { environment, store } = start();
  const source = environment.source();
  source.init([runJob("a", "running")]);
  source.update(runJob("a", "running"));
  await environment.advance(1_000);
  source.init([]);
  expect(activeKeys(store)).toEqual([]);
});

it("removes a run of whose update it comes in the same frame", async () => {
  const { environment, store } = start();
  const source = environment.source();
  source.init([]);
  source.update(runJob("a", "running"));
  source.init([]);
  await environment.advance(1_000);
  expect(activeKeys(store)).toEqual([]);
});

it("keeps a run that the user asked for since the event before it", async () => {
  const { environment, store, hint } = start();
  const source = environment.source();
  source.init([]);
  source.update(runJob("b", "running"));
  await environment.advance(1_000);
  hint("a");
  source.init([]);
  expect(activeKeys(store)).toEqual(["run:a"]);
  source.init([]);
  expect(activeKeys(store)).toEqual([]);
});
