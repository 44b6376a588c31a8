// A request about a job, such as stopping a server, and the job itself are one thing to the user.
import { expect, it } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { trackRequest } from "../../src/store/trackRequest.ts";
import { activeLabels, recordLabels } from "../support/jobStore.ts";
import { run } from "../support/jobs.ts";

function createRunning() {
  const store = createActivityStore();
  store.getState().applyJobUpdates([run("1", "running")]);
  return { store, state: store.getState() };
}

it("is shown until the job shows what came of it, and not besides", () => {
  const { store, state } = createRunning();
  const labels = recordLabels(store);
  const { key } = state.registerRequestAction("Stopping server • shop", "run:1");
  expect(activeLabels(store)).toEqual(["Stopping server • shop", "Server running (shop)"]);
  state.applyJobUpdates([run("1", "stopping")]);
  expect(activeLabels(store)).toEqual(["Stopping server…"]);
  state.applyJobUpdates([run("1", "stopped")]);
  expect(activeLabels(store)).toEqual([]);
  state.completeRequestAction(key);
  expect(labels).toEqual([
    "Server running (shop)",
    "Stopping server • shop",
    "Stopping server…",
    "Idle",
  ]);
});

it("is shown for as long as nothing new is known of the job", () => {
  const { store, state } = createRunning();
  state.registerRequestAction("Stopping server • shop", "run:1");
  state.applyJobUpdates([run("1", "running")]);
  state.applyJobUpdates([run("2", "stopping")]);
  expect(activeLabels(store)).toContain("Stopping server • shop");
});

it("is shown though its job has long been stopping, as that was asked for again", () => {
  const { store, state } = createRunning();
  state.applyJobUpdates([run("1", "stopping")]);
  state.registerRequestAction("Stopping server • shop", "run:1");
  expect(activeLabels(store)).toEqual(["Stopping server • shop", "Stopping server…"]);
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
