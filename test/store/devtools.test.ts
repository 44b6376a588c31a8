import { drive } from "../support/jobs/drive.ts";
import { afterEach, expect, it, vi } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { activeLabels } from "../support/jobs/jobStore.ts";
import { build, run } from "../support/jobs/jobs.ts";
import { installFakeDevtools } from "./fakeDevtools.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

async function createWatchedStore() {
  const window = {};
  vi.stubGlobal("window", window);
  const devtools = installFakeDevtools(window);
  const store = createActivityStore();
  await devtools.connected;
  return { devtools, store };
}

const keys = (...all: string[]) => ({ keys: all });
const source = (name: string) => ({ source: name });

it("names every action, and of what it speaks", async () => {
  const { devtools, store } = await createWatchedStore();
  const state = drive(store);
  const { key } = state.registerRequestAction("Syncing");
  state.completeRequestAction(key);
  state.registerBackendJob("deploy:1", "Deploying…");
  state.completeBackendJob("deploy:1");
  state.applyJobSnapshot("build", [build("1", "running")]);
  state.applyJobUpdates([run("1", "running")]);
  state.applyJobHint(run("2", "pending"));
  state.clearBackendJobs();
  state.setConnectionStatus("runs", "connecting");
  state.setConnectionStatus("runs", "live");
  state.setConnectionStatus("runs", "lost", "HTTP 502");
  state.noteConnectionError("builds", "HTTP 502");
  state.setConnectionStatus("runs", "off");
  expect(devtools.actions()).toEqual([
    "requestActions/register",
    "requestActions/complete",
    "backendJobs/register",
    "backendJobs/complete",
    "backendJobs/snapshot",
    "backendJobs/updates",
    "backendJobs/hint",
    "backendJobs/clear",
    "connection/connecting",
    "connection/live",
    "connection/lost",
    "connection/connecting",
    "connection/error",
    "connection/close",
  ]);
  expect(devtools.details()).toEqual([
    keys(key),
    keys(key),
    keys("deploy:1"),
    keys("deploy:1"),
    keys("build:1"),
    keys("run:1"),
    keys("run:2"),
    keys("build:1", "run:1", "run:2"),
    source("runs"),
    source("runs"),
    source("runs"),
    source("builds"),
    source("builds"),
    source("runs"),
  ]);
});

it("receives nothing of an action that changes nothing", async () => {
  const { devtools, store } = await createWatchedStore();
  drive(store).applyJobUpdates([run("1", "running")]);
  drive(store).applyJobUpdates([run("1", "running")]);
  store.getState().completeBackendJob("run:9");
  drive(store).applyJobSnapshot("build", []);
  expect(devtools.actions()).toEqual(["backendJobs/updates"]);
});

it("goes back to an earlier state, and on from there", async () => {
  const { devtools, store } = await createWatchedStore();
  drive(store).applyJobUpdates([run("1", "running")]);
  const past = devtools.stateAfter("backendJobs/updates");
  drive(store).clearBackendJobs();
  devtools.jumpToState(past);
  expect(activeLabels(store)).toEqual(["Server running (shop)"]);
  drive(store).applyJobUpdates([run("1", "stopping")]);
  expect(activeLabels(store)).toEqual(["Stopping server…"]);
});

it("begins with what was written before the code for the extension had come", async () => {
  const window = {};
  vi.stubGlobal("window", window);
  const devtools = installFakeDevtools(window);
  const store = createActivityStore();
  store.getState().registerBackendJob("deploy:1", "Deploying…");
  expect(await devtools.connected).toContain("Deploying…");
  store.getState().completeBackendJob("deploy:1");
  expect(devtools.actions()).toEqual(["backendJobs/complete"]);
});

it("does without the extension, and without a window", () => {
  const store = createActivityStore();
  store.getState().registerRequestAction("Syncing");
  expect(typeof window).toBe("undefined");
  expect(activeLabels(store)).toEqual(["Syncing"]);
});
