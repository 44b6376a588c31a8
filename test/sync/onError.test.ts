import { expect, it, vi } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { startBackendSync } from "../../src/sync/startBackendSync.ts";
import { catchUncaught } from "../support/catchUncaught.ts";
import { createFakeEnvironment } from "../../src/testing/environment.ts";
import { activeKeys, countNotifications } from "../support/jobs/jobStore.ts";
import { many } from "../support/jobs/jobs.ts";
import { startFakeSync } from "../support/sync/harness.ts";
import { buildJob, runJob } from "../support/sync/wire.ts";

it("gets the first of each cause once, however often it comes", async () => {
  const { environment, problems } = startFakeSync();
  environment.source().init([{ id: 1 }, { id: 2 }, runJob("r1", "running")]);
  for (let n = 0; n < 100; n += 1) {
    environment.source().send("run-update", `no json ${n}`);
    environment.source().update({ ...runJob(`r${n}`, "running"), status: `weird ${n}` });
  }
  environment.request().respond({ builds: [{ id: "b1", status: "running", projectId: 7 }] });
  await environment.settle();
  expect(problems.map(({ problem }) => problem)).toEqual([
    "run.id: expected a string",
    "run-update: expected JSON",
    'run.status: expected "pending", "running", "stopping", "stopped", "succeeded", "failed"',
    "build.projectId: expected a string",
  ]);
});

it("gets the same cause again from another sync", async () => {
  for (const attempt of [1, 2]) {
    const { environment, problems } = startFakeSync();
    environment.source().init([{ id: attempt }]);
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    await environment.settle();
    expect(problems).toHaveLength(1);
  }
});

it("leaves the first problem readable in the connection", async () => {
  const { environment, store, connection } = startFakeSync();
  environment.source().init([{ id: 7 }]);
  await environment.settle();
  expect(connection().runs).toBe("live");
  expect(store.getState().connection.runs?.error).toBe("run.id: expected a string, got 7");
});

it("is a warning on the console unless the host gives its own", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const environment = createFakeEnvironment();
  const sync = startBackendSync({ store: createActivityStore(), environment });
  environment.source().init([{ id: 7 }, { id: 8 }]);
  await environment.settle();
  expect(warn.mock.calls).toEqual([["[active-indicator] run.id: expected a string, got 7"]]);
  warn.mockRestore();
  sync.stop();
});

it("may throw without costing any evidence", async () => {
  const uncaught = catchUncaught();
  const { environment, store } = startFakeSync({ onError: failOnPurpose });
  environment.source().init([{ id: 7 }, runJob("r1", "running")]);
  environment.request().respond({ builds: ["?", buildJob("b1", "running")] });
  await environment.settle();
  await vi.waitFor(() => expect(uncaught).toHaveLength(2));
  expect(activeKeys(store)).toEqual(["build:b1", "run:r1"]);
});

function failOnPurpose(): never {
  throw new Error("the host's own");
}

it("costs one notification, however many entries are bad", () => {
  const { environment, store } = startFakeSync();
  const init = () => environment.source().init(many(50, (id) => ({ id })));
  expect(countNotifications(store, init)).toBeLessThanOrEqual(2);
});
