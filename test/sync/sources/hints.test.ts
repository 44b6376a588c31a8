import { expect, it } from "vitest";
import type { Job } from "../../../src/jobs/job.ts";
import { activeKeys, statusOf } from "../../support/jobs/jobStore.ts";
import { build, run } from "../../support/jobs/jobs.ts";
import { startFakeSync } from "../../support/sync/harness.ts";
import { buildJob, runJob } from "../../support/sync/wire.ts";

function start() {
  const started = startFakeSync();
  return { ...started, hint: (job: Job) => started.store.getState().applyJobHint(job) };
}

it("is not undone by the answer to a poll that was asked before it", async () => {
  const { environment, store, hint } = start();
  hint(build("b1", "pending"));
  environment.request().respond({ builds: [] });
  await environment.settle();
  expect(activeKeys(store)).toEqual(["build:b1"]);
});

it("is not moved back by the answer to a poll that was asked before it", async () => {
  const { environment, store, hint } = start();
  hint(build("b1", "running"));
  environment.request().respond({ builds: [buildJob("b1", "pending")] });
  await environment.settle();
  expect(statusOf(store, "build:b1")).toBe("running");
});

it("gives way to the answer to a poll that was asked after it", async () => {
  const { environment, store, hint } = start();
  hint(build("b1", "pending"));
  environment.request().respond({ builds: [] });
  await environment.advance(5_000);
  environment.request().respond({ builds: [] });
  await environment.settle();
  expect(activeKeys(store)).toEqual([]);
});

it("does not revive a build that a poll has seen end", async () => {
  const { environment, store, hint } = start();
  environment.request().respond({ builds: [buildJob("b1", "succeeded")] });
  await environment.settle();
  hint(build("b1", "pending"));
  expect(activeKeys(store)).toEqual([]);
});

it("does not move back a run that the stream has told of before the response came", async () => {
  const { environment, store, hint } = start();
  environment.source().init([]);
  environment.source().update(runJob("r1", "running"));
  await environment.advance(16);
  hint(run("r1", "pending"));
  expect(statusOf(store, "run:r1")).toBe("running");
});

it("that is none is dropped, and what is wrong with it goes to onError once", async () => {
  const { environment, store, problems } = start();
  const hint = (id: unknown) => {
    Reflect.apply(store.getState().applyJobHint, undefined, [{ ...build("b1", "pending"), id }]);
  };
  hint(42);
  hint(43);
  await environment.settle();
  expect(activeKeys(store)).toEqual([]);
  expect(problems.map(({ message }) => message)).toEqual(["hint.id: expected a string, got 42"]);
});

it("survives the init of a stream that was opened before it, and gives way to the next", async () => {
  const { environment, store, hint } = start();
  hint(run("r1", "pending"));
  environment.source().init([]);
  expect(activeKeys(store)).toEqual(["run:r1"]);
  environment.wake("online");
  environment.source().init([]);
  expect(activeKeys(store)).toEqual([]);
});

it("of a key that is not its own is one cause, however many there are", async () => {
  const { environment, store, problems } = start();
  for (const id of ["r1", "r2"])
    store.getState().applyJobHint({ ...run(id, "pending"), key: "run:other" });
  await environment.settle();
  expect(problems).toHaveLength(1);
});

it("without a title that can be shown keeps the title that is known", () => {
  const { environment, store, hint } = start();
  environment.source().init([runJob("r1", "pending")]);
  hint({ ...run("r1", "running"), title: "\u0000" });
  expect(store.getState().backendJobs["run:r1"]).toMatchObject({
    status: "running",
    title: "shop",
  });
});
