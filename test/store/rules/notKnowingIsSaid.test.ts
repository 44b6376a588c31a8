// Rule 5. With the stream down the jobs stay, and `connection` says that they are last known.
import { drive } from "../../support/jobs/drive.ts";
import { expect, it } from "vitest";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { activeKeys } from "../../support/jobs/jobStore.ts";
import { build, run } from "../../support/jobs/jobs.ts";

it("keeps the jobs of a source that is lost", () => {
  const store = createActivityStore();
  drive(store).applyJobUpdates([run("1", "running"), build("1", "running")]);
  drive(store).setConnectionStatus("runs", "lost", "The stream has ended");
  drive(store).setConnectionStatus("builds", "lost", "HTTP 502");
  expect(activeKeys(store)).toEqual(["build:1", "run:1"]);
});

it("says of each source that it is lost, and why", () => {
  const store = createActivityStore();
  drive(store).setConnectionStatus("runs", "lost", "The stream has ended");
  expect(store.getState().connection).toMatchObject({
    runs: { status: "lost", error: "The stream has ended" },
  });
  expect(store.getState().connection).not.toHaveProperty("builds");
});
