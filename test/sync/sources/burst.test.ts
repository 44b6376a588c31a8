import { expect, it } from "vitest";
import { defineJobKind } from "../../../src/jobs/defineJobKind.ts";
import { activeKeys, statusOf } from "../../support/jobs/jobStore.ts";
import { many, run } from "../../support/jobs/jobs.ts";
import { createHandSource, startHandSync } from "../../support/sync/byHand.ts";
import { startFakeSync } from "../../support/sync/harness.ts";
import { runJob } from "../../support/sync/wire.ts";

function startLive() {
  const started = startFakeSync();
  started.environment.source().init([]);
  let notifications = 0;
  started.store.subscribe(() => (notifications += 1));
  return { ...started, notifications: () => notifications };
}

it("makes one action of a thousand updates in one frame", async () => {
  const { environment, store, notifications } = startLive();
  for (const sent of many(1_000, (n) => runJob(`r${n}`, "running")))
    environment.source().update(sent);
  expect(notifications()).toBe(0);
  await environment.advance(16);
  expect(notifications()).toBe(1);
  expect(activeKeys(store)).toHaveLength(1_000);
});

it("applies the updates of a burst in their order", async () => {
  const { environment, store } = startLive();
  for (const status of ["pending", "running", "stopping"] as const)
    environment.source().update(runJob("r1", status));
  environment.source().update(runJob("r2", "running"));
  environment.source().update(runJob("r2", "stopped"));
  await environment.advance(16);
  expect(statusOf(store, "run:r1")).toBe("stopping");
  expect(activeKeys(store)).toEqual(["run:r1"]);
});

it("waits for no later update: the first of a burst is shown a frame after it came", async () => {
  const { environment, notifications } = startLive();
  for (let ms = 0; ms < 64; ms += 4) {
    environment.source().update(runJob(`r${ms}`, "running"));
    // oxlint-disable-next-line no-await-in-loop -- time passes step by step
    await environment.advance(4);
  }
  expect(notifications()).toBeGreaterThanOrEqual(3);
});

it("does not let updates of the last connection undo the snapshot of the next", async () => {
  const { environment, store } = startLive();
  const old = environment.source();
  environment.wake("online");
  old.update(runJob("r1", "running"));
  environment.source().init([runJob("r1", "stopped")]);
  await environment.advance(1_000);
  expect(activeKeys(store)).toEqual([]);
});

it("changes nothing for a burst that says what is known", async () => {
  const { environment, store } = startLive();
  environment.source().init([runJob("r1", "running")]);
  const before = store.getState();
  for (let n = 0; n < 100; n += 1) environment.source().update(runJob("r1", "running"));
  await environment.advance(16);
  expect(store.getState()).toBe(before);
});

it("does not let a gathered update outlive a snapshot that was asked for after it came", async () => {
  const { environment, store } = startLive();
  environment.source().update(runJob("r1", "running"));
  environment.wake("online");
  environment.source().init([]);
  await environment.advance(1_000);
  expect(activeKeys(store)).toEqual([]);
});

it("does not let a gathered update undo what a hint has said since it came", async () => {
  const { environment, store } = startLive();
  environment.source().init([runJob("r1", "running"), runJob("r2", "pending")]);
  environment.source().update(runJob("r1", "stopping"));
  environment.source().update(runJob("r2", "pending"));
  store.getState().applyJobHint(run("r1", "stopped"));
  store.getState().applyJobHint(run("r2", "running"));
  await environment.advance(16);
  expect(activeKeys(store)).toEqual(["run:r2"]);
  expect(statusOf(store, "run:r2")).toBe("running");
});

const reviews = defineJobKind({
  name: "review",
  noun: "Review",
  statuses: { asked: "queued", going: "working", open: "waiting" },
  parse: (raw: { id: string; status: "asked" | "going" | "open" }) => raw,
});

it("lets a gathered update undo what one before it has said, whatever a hint said since", async () => {
  const own = createHandSource(reviews);
  const { environment, store } = startHandSync([own]);
  own.sink().snapshot(reviews, []);
  own.sink().update([reviews.parse({ id: "1", status: "open" })]);
  own.sink().update([reviews.parse({ id: "1", status: "going" })]);
  store.getState().applyJobHint(reviews.parse({ id: "1", status: "asked" }));
  await environment.advance(16);
  expect(store.getState().backendJobs["review:1"]?.phase).toBe("working");
});

it("does not let a gathered update undo that a job waits for somebody, as a hint has said since", async () => {
  const own = createHandSource(reviews);
  const { environment, store } = startHandSync([own]);
  own.sink().snapshot(reviews, []);
  own.sink().update([reviews.parse({ id: "1", status: "going" })]);
  store.getState().applyJobHint(reviews.parse({ id: "1", status: "open" }));
  await environment.advance(16);
  own.sink().update([reviews.parse({ id: "2", status: "going" })]);
  own.sink().update([reviews.parse({ id: "1", status: "going" })]);
  store.getState().applyJobHint(reviews.parse({ id: "1", status: "open" }));
  await environment.advance(16);
  expect(store.getState().backendJobs["review:1"]?.phase).toBe("waiting");
});

it("takes what a gathered update says besides, though a hint came after it", async () => {
  const { environment, store } = startLive();
  environment.source().init([runJob("r1", "pending")]);
  environment.source().update(runJob("r1", "running", { projectId: "admin" }));
  store.getState().applyJobHint(run("r1", "running"));
  await environment.advance(16);
  expect(store.getState().backendJobs["run:r1"]?.title).toBe("admin");
});
