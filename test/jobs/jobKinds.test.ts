import { drive } from "../support/jobs/drive.ts";
import { describe, expect, it } from "vitest";
import { type Job, jobKey } from "../../src/jobs/job.ts";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { selectLabel } from "../../src/store/selectors.ts";
import { build, run } from "../support/jobs/jobs.ts";

const withoutProject = (kind: "build" | "run", status: string): Job =>
  (kind === "build" ? build : run)("1", status, { projectId: undefined });

function labelOf(job: Job): string {
  const store = createActivityStore();
  drive(store).applyJobUpdates([job]);
  return selectLabel(store.getState());
}

describe("the label table of spec.md", () => {
  it.each([
    ["a running build", build("1", "running"), "Building (shop)"],
    ["a running build of no known project", withoutProject("build", "running"), "Building…"],
    ["a pending build", build("1", "pending"), "Build queued…"],
    ["a pending build of no known project", withoutProject("build", "pending"), "Build queued…"],
    ["a running run", run("1", "running"), "Server running (shop)"],
    ["a running run of no known project", withoutProject("run", "running"), "Server running…"],
    ["a pending run", run("1", "pending"), "Starting server…"],
    ["a stopping run", run("1", "stopping"), "Stopping server…"],
  ])("labels %s", (_, job, label) => {
    expect(labelOf(job)).toBe(label);
  });

  it.each([
    build("1", "succeeded"),
    build("1", "failed"),
    run("1", "stopped"),
    run("1", "succeeded"),
    run("1", "failed"),
  ])("is idle for a $kind that has $status", (job) => {
    expect(labelOf(job)).toBe("Idle");
  });

  it("knows no stopping build", () => {
    expect(labelOf(build("1", "stopping"))).toBe("Idle");
  });
});

describe("jobKey", () => {
  it("is build:<id> for builds and run:<id> for runs", () => {
    expect(jobKey(build("42", "running"))).toBe("build:42");
    expect(jobKey(run("7", "running"))).toBe("run:7");
  });

  it("keeps an id as it is, colons and all", () => {
    expect(jobKey(run("eu:7", "running"))).toBe("run:eu:7");
  });
});
