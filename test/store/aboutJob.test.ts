// A request about a job, such as stopping a server, and the job itself are one thing to the user.
import { drive } from "../support/jobs/drive.ts";
import { describe, expect, it } from "vitest";
import { type Job, jobKey } from "../../src/jobs/job.ts";
import { type ActivityStore, createActivityStore } from "../../src/store/activityStore.ts";
import { selectActiveCount } from "../../src/store/selectors.ts";
import { trackRequest } from "../../src/store/trackRequest.ts";
import { activeLabels, recordLabels } from "../support/jobs/jobStore.ts";
import { deferred } from "../support/deferred.ts";
import { build, run } from "../support/jobs/jobs.ts";

/** How many things go on from now on, without repetitions. */
function recordCounts(store: ActivityStore): number[] {
  const counts = [selectActiveCount(store.getState())];
  store.subscribe((state) => {
    const count = selectActiveCount(state);
    if (count !== counts.at(-1)) counts.push(count);
  });
  return counts;
}

/** Sends a request whose answer holds a job, and gives what has the answer come. */
function ask(store: ActivityStore, label: string) {
  const { promise, resolve, reject } = deferred<Job>();
  const asked = trackRequest(store, () => promise, { label, job: (job) => job });
  return {
    answer: async (job: Job) => {
      resolve(job);
      await asked;
    },
    refuse: async () => {
      reject(new Error("HTTP 409"));
      await asked.catch(() => {});
    },
  };
}

function createRunning() {
  const store = createActivityStore();
  drive(store).applyJobUpdates([run("1", "running")]);
  return { store, state: drive(store) };
}

it("counts as one with its job from the click to the end of both", () => {
  const { store, state } = createRunning();
  const labels = recordLabels(store);
  const counts = recordCounts(store);
  const { key } = state.registerRequestAction("Stopping server • shop", "run:1");
  state.applyJobUpdates([run("1", "stopping")]);
  state.applyJobUpdates([run("1", "stopped")]);
  expect(activeLabels(store)).toEqual(["Stopping server • shop"]);
  state.completeRequestAction(key);
  expect(counts).toEqual([1, 0]);
  expect(labels).toEqual([
    "Server running (shop)",
    "Stopping server • shop",
    "Stopping server…",
    "Stopping server • shop",
    "Idle",
  ]);
});

it("counts as one with its job though no update ever comes", () => {
  const { store, state } = createRunning();
  const counts = recordCounts(store);
  const { key } = state.registerRequestAction("Stopping server • shop", "run:1");
  state.applyJobUpdates([run("1", "running")]);
  expect(activeLabels(store)).toEqual(["Stopping server • shop"]);
  state.completeRequestAction(key);
  expect(activeLabels(store)).toEqual(["Server running (shop)"]);
  expect(counts).toEqual([1]);
});

it("is told apart from what happens to other jobs", () => {
  const { store, state } = createRunning();
  state.registerRequestAction("Stopping server • shop", "run:1");
  state.applyJobUpdates([run("2", "stopping")]);
  expect(activeLabels(store)).toEqual(["Stopping server…", "Stopping server • shop"]);
});

it("stands for its job though that has long been stopping, as that was asked for again", () => {
  const { store, state } = createRunning();
  state.applyJobUpdates([run("1", "stopping")]);
  state.registerRequestAction("Stopping server • shop", "run:1");
  state.registerRequestAction("Killing server • shop", "run:1");
  expect(activeLabels(store)).toEqual(["Killing server • shop"]);
});

it("is shown by itself where its job is not known", () => {
  const store = createActivityStore();
  store.getState().registerRequestAction("Stopping server • shop", "run:1");
  expect(activeLabels(store)).toEqual(["Stopping server • shop"]);
});

it("is told of by whoever tracks the request", async () => {
  const { store, state } = createRunning();
  const stop = () => {
    state.applyJobUpdates([run("1", "stopping")]);
    return Promise.resolve(activeLabels(store));
  };
  const shown = await trackRequest(store, stop, { label: "Stopping", about: "run:1" });
  expect(shown).toEqual(["Stopping server…"]);
});

describe("a request that begins a job", () => {
  it("counts as one with it from the click on", async () => {
    const store = createActivityStore();
    const counts = recordCounts(store);
    const { answer } = ask(store, "Triggering build");
    await answer(build("1", "pending"));
    expect(counts).toEqual([0, 1]);
  });

  it("counts as one with it though the stream has it before the answer", async () => {
    const { store, state } = createRunning();
    const counts = recordCounts(store);
    const { answer } = ask(store, "Starting server • docs");
    state.applyJobUpdates([run("2", "pending", { projectId: "docs" })]);
    state.applyJobUpdates([run("2", "running", { projectId: "docs" })]);
    expect(activeLabels(store)).toEqual(["Server running (docs)", "Server running (shop)"]);
    await answer(run("2", "pending"));
    expect(counts).toEqual([1, 2]);
  });

  it("counts by itself again beside a job that turns out to be another request's", async () => {
    const store = createActivityStore();
    const counts = recordCounts(store);
    const slow = ask(store, "Triggering build • slow");
    const quick = ask(store, "Triggering build • quick");
    await quick.answer(build("1", "pending"));
    expect(activeLabels(store)).toEqual(["Build queued…", "Triggering build • slow"]);
    await slow.answer(build("2", "pending"));
    expect(counts).toEqual([0, 1, 2]);
  });

  it("counts as no more than one job, and as none that was there before it", async () => {
    const { store, state } = createRunning();
    const { refuse } = ask(store, "Starting server • docs");
    state.applyJobUpdates([run("1", "stopping")]);
    expect(activeLabels(store)).toEqual(["Stopping server…", "Starting server • docs"]);
    state.applyJobUpdates([run("2", "pending"), run("3", "pending")]);
    expect(selectActiveCount(store.getState())).toBe(3);
    await refuse();
    expect(selectActiveCount(store.getState())).toBe(3);
  });

  it("is not taken for one that another request is about", () => {
    const store = createActivityStore();
    ask(store, "Starting server • docs");
    drive(store).applyJobUpdates([run("1", "running")]);
    store.getState().registerRequestAction("Stopping server • shop", jobKey(run("1", "running")));
    expect(activeLabels(store)).toEqual(["Stopping server • shop", "Starting server • docs"]);
  });
});
