import { expect, it, vi } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { trackRequest } from "../../src/store/trackRequest.ts";
import { activeLabels, recordLabels } from "../support/jobStore.ts";
import { build, run } from "../support/jobs.ts";

it("shows a request for as long as it is in flight", async () => {
  const store = createActivityStore();
  const labels = recordLabels(store);
  const answer = await trackRequest(store, () => Promise.resolve("done"), { label: "Syncing" });
  expect(answer).toBe("done");
  expect(labels).toEqual(["Idle", "Syncing", "Idle"]);
});

it("shows it at once, before anything is awaited", async () => {
  const store = createActivityStore();
  const request = trackRequest(store, () => Promise.resolve(), { label: "Syncing" });
  expect(activeLabels(store)).toEqual(["Syncing"]);
  await request;
});

it("removes a request that has failed, and fails as it did", async () => {
  const store = createActivityStore();
  const failure = new Error("HTTP 409");
  const request = trackRequest(store, () => Promise.reject(failure), { label: "Starting" });
  await expect(request).rejects.toBe(failure);
  expect(activeLabels(store)).toEqual([]);
});

it("removes a request that was never sent because it threw", async () => {
  const store = createActivityStore();
  const failure = new TypeError("no such project");
  const send = (): string => {
    throw failure;
  };
  await expect(trackRequest(store, send, { label: "Starting" })).rejects.toBe(failure);
  expect(activeLabels(store)).toEqual([]);
});

it("has the job of the answer in the store before the request is gone", async () => {
  const store = createActivityStore();
  const labels = recordLabels(store);
  const answer = { build: build("1", "pending") };
  const options = { label: "Triggering build", job: ({ build: job }: typeof answer) => job };
  await trackRequest(store, () => Promise.resolve(answer), options);
  store.getState().applyJobSnapshot("build", [build("1", "running")]);
  store.getState().applyJobSnapshot("build", [build("1", "succeeded")]);
  expect(labels).toEqual(["Idle", "Triggering build", "Build queued…", "Building (shop)", "Idle"]);
});

it("does not revive a run that was over before the answer came", async () => {
  const store = createActivityStore();
  const send = async () => {
    store.getState().applyJobUpdates([run("1", "pending"), run("1", "failed")]);
    return run("1", "pending");
  };
  await trackRequest(store, send, { label: "Starting server", job: (answer) => answer });
  expect(activeLabels(store)).toEqual([]);
});

it("adds no job of a session that ended while the request was in flight", async () => {
  const store = createActivityStore();
  const send = async () => {
    store.getState().clearBackendJobs();
    return build("1", "pending");
  };
  await trackRequest(store, send, { label: "Triggering build", job: (answer) => answer });
  expect(activeLabels(store)).toEqual([]);
});

it("calls onSuccess with the answer while the request still shows", async () => {
  const store = createActivityStore();
  const onSuccess = vi.fn<(answer: string) => void>(() => {
    expect(activeLabels(store)).toEqual(["Syncing"]);
  });
  await trackRequest(store, () => Promise.resolve("done"), { label: "Syncing", onSuccess });
  expect(onSuccess).toHaveBeenCalledExactlyOnceWith("done");
});

it.each(["job", "onSuccess"])("removes a request whose %s throws", async (name) => {
  const store = createActivityStore();
  const failure = new TypeError("no build in the answer");
  const options = {
    label: "Syncing",
    [name]: () => {
      throw failure;
    },
  };
  await expect(trackRequest(store, () => Promise.resolve(), options)).rejects.toBe(failure);
  expect(activeLabels(store)).toEqual([]);
});
