// An action that changes nothing leaves the state the same object, so no subscriber runs.
import { drive } from "../support/jobs/drive.ts";
import { expect, it } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { changesNothing } from "../support/jobs/jobStore.ts";
import { build, many, run, serverTime } from "../support/jobs/jobs.ts";

const builds = [
  build("1", "running", { startedAt: serverTime(1) }),
  build("2", "pending", { createdAt: serverTime(2) }),
  build("3", "failed", { error: "exit code 1", finishedAt: serverTime(3) }),
];
const runs = [run("1", "running"), run("2", "stopping"), run("3", "stopped")];

const repetitions: Array<[string, (state: ReturnType<typeof drive>) => void]> = [
  ["the same snapshot", (state) => state.applyJobSnapshot("build", builds)],
  [
    "the same snapshot in another order",
    (state) => state.applyJobSnapshot("run", runs.toReversed()),
  ],
  ["the updates again", (state) => state.applyJobUpdates(runs)],
  ["no updates", (state) => state.applyJobUpdates([])],
  ["a final update that comes twice", (state) => state.applyJobUpdates([run("3", "stopped")])],
  ["a hint at what is known", (state) => state.applyJobHint(run("2", "stopping"))],
  ["a hint that is behind", (state) => state.applyJobHint(run("1", "pending"))],
  ["a hint at a job that has ended", (state) => state.applyJobHint(run("4", "running"))],
  ["a job completed that is not there", (state) => state.completeBackendJob("run:9")],
  ["the status of a source again", (state) => state.setConnectionStatus("runs", "live")],
  ["an error again", (state) => state.noteConnectionError("builds", "HTTP 502")],
];

it.each(repetitions)("%s changes nothing", (_, repeat) => {
  const store = createActivityStore();
  drive(store).applyJobSnapshot("build", builds);
  drive(store).applyJobUpdates([run("4", "running")]);
  drive(store).applyJobUpdates([...runs, run("4", "stopped")]);
  drive(store).applyJobSnapshot("run", runs);
  drive(store).setConnectionStatus("runs", "live");
  drive(store).noteConnectionError("builds", "HTTP 502");
  expect(changesNothing(store, () => repeat(drive(store)))).toBe(true);
});

it("on a fresh store, what has nothing to say changes nothing", () => {
  const store = createActivityStore();
  const { applyJobSnapshot, applyJobUpdates, clearBackendJobs } = drive(store);
  expect(changesNothing(store, () => applyJobSnapshot("build", []))).toBe(true);
  expect(changesNothing(store, () => applyJobUpdates([]))).toBe(true);
  expect(changesNothing(store, () => clearBackendJobs())).toBe(true);
});

it("a long list of finished builds, more than are remembered, changes nothing the second time", () => {
  const store = createActivityStore();
  const finished = many(2_000, (n) =>
    build(`${n}`, "succeeded", { finishedAt: serverTime(2_000 - n) }),
  );
  drive(store).applyJobSnapshot("build", finished);
  const again = () => drive(store).applyJobSnapshot("build", finished);
  expect(changesNothing(store, again)).toBe(true);
});

it("updates that add up to nothing change nothing", () => {
  const store = createActivityStore();
  drive(store).applyJobUpdates([run("1", "running")]);
  const back = [run("1", "pending"), run("1", "running")];
  expect(changesNothing(store, () => drive(store).applyJobUpdates(back))).toBe(true);
});

it("a change of one slice leaves the others the same objects", () => {
  const store = createActivityStore();
  drive(store).applyJobUpdates(runs);
  const before = drive(store);
  before.registerRequestAction("Syncing");
  before.setConnectionStatus("runs", "live");
  const after = drive(store);
  expect(after.backendJobs).toBe(before.backendJobs);
  expect(after.endedJobs).toBe(before.endedJobs);
  expect(after.connection.builds).toBe(before.connection.builds);
  after.applyJobUpdates([run("9", "running")]);
  expect(store.getState().requestActions).toBe(after.requestActions);
});

it("a change of one job leaves the others the same objects", () => {
  const store = createActivityStore();
  drive(store).applyJobSnapshot("build", builds);
  const before = store.getState().backendJobs["build:1"];
  drive(store).applyJobUpdates([build("2", "running")]);
  expect(store.getState().backendJobs["build:1"]).toBe(before);
});
