// What a host's own tests are given, as such a test uses it.
import { expect, it } from "vitest";
import {
  activityStore,
  createActivityStore,
  selectBadge,
  selectLabel,
  startBackendSync,
} from "../../src/index.ts";
import { createFakeEnvironment, openList, resetActivity } from "../../src/testing.ts";

it("a host's test answers the poll and the stream, and lets time pass", async () => {
  const environment = createFakeEnvironment();
  const store = createActivityStore();
  const sync = startBackendSync({ store, environment });
  const run = { id: "7", projectId: "shop", status: "running", createdAt: "2026-01-05T12:00:00Z" };
  environment.source().send("init", { runs: [run] });
  environment.request().respond({ builds: [] });
  await environment.settle();
  expect(selectLabel(store.getState())).toBe("Server running (shop)");
  environment.source().send("run-update", { run: { ...run, status: "stopped" } });
  await environment.advance(16);
  expect(selectLabel(store.getState())).toBe("Idle");
  sync.stop();
  expect(environment.open()).toEqual({ timers: 0, requests: 0, sources: 0, wakeListeners: 0 });
});

it("a store is empty after it was reset, whatever was in it", async () => {
  const environment = createFakeEnvironment();
  const sync = startBackendSync({ store: activityStore, environment });
  activityStore.getState().registerRequestAction("Saving");
  activityStore.getState().registerBackendJob("import:1", "Importing…");
  sync.stop();
  resetActivity(activityStore);
  const { requestActions, backendJobs, endedJobs, connection } = activityStore.getState();
  expect({ requestActions, backendJobs, endedJobs, connection }).toEqual({
    requestActions: {},
    backendJobs: {},
    endedJobs: {},
    connection: {},
  });
  expect(selectBadge(activityStore.getState())).toBeUndefined();
});

it("says what is missing where no indicator is", () => {
  const nothing = { querySelector: () => null };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- there is no DOM here
  expect(() => openList(nothing as unknown as Element)).toThrow(
    "openList: there is no ActiveActionIndicator in this container",
  );
});
