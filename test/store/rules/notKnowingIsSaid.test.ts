// Rule 5. With the stream down the jobs stay, and `connection` says that they are last known.
import { expect, it } from "vitest";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { activeKeys } from "../../support/jobStore.ts";
import { build, run } from "../../support/jobs.ts";

it("keeps the jobs of a source that is lost", () => {
  const store = createActivityStore();
  store.getState().applyJobUpdates([run("1", "running"), build("1", "running")]);
  store.getState().setConnectionStatus("runs", "lost", "The stream has ended");
  store.getState().setConnectionStatus("builds", "lost", "HTTP 502");
  expect(activeKeys(store)).toEqual(["build:1", "run:1"]);
});

it("says of each source that it is lost, and why", () => {
  const store = createActivityStore();
  store.getState().setConnectionStatus("runs", "lost", "The stream has ended");
  expect(store.getState().connection).toMatchObject({
    runs: { status: "lost", error: "The stream has ended" },
    builds: { status: "off" },
  });
});
