import { drive } from "../support/jobs/drive.ts";
import { describe, expect, it, vi } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { trackRequest } from "../../src/store/trackRequest.ts";
import { catchUncaught } from "../support/catchUncaught.ts";
import { activeLabels, recordLabels } from "../support/jobs/jobStore.ts";
import { build, run, serverTime } from "../support/jobs/jobs.ts";

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
  drive(store).applyJobSnapshot("build", [build("1", "running")]);
  drive(store).applyJobSnapshot("build", [build("1", "succeeded")]);
  expect(labels).toEqual(["Idle", "Triggering build", "Build queued…", "Building (shop)", "Idle"]);
});

it("does not revive a run that was over before the answer came", async () => {
  const store = createActivityStore();
  const send = async () => {
    drive(store).applyJobUpdates([run("1", "pending"), run("1", "failed")]);
    return run("1", "pending");
  };
  await trackRequest(store, send, { label: "Starting server", job: (answer) => answer });
  expect(activeLabels(store)).toEqual([]);
});

it("adds no job of a session that ended while the request was in flight", async () => {
  const store = createActivityStore();
  const send = async () => {
    drive(store).clearBackendJobs();
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

/** A function of a host's that fails. */
function failOnPurpose(): never {
  throw new TypeError("the host's own");
}

describe("what the host's own code throws costs the user's request nothing", () => {
  it.each(["job", "onSuccess"])("in %s", async (name) => {
    const uncaught = catchUncaught();
    const store = createActivityStore();
    const options = { label: "Syncing", [name]: failOnPurpose };
    expect(await trackRequest(store, () => "done", options)).toBe("done");
    expect(activeLabels(store)).toEqual([]);
    await vi.waitFor(() => expect(uncaught).toEqual(["the host's own"]));
  });

  it("in job, which keeps nobody from calling onSuccess", async () => {
    catchUncaught();
    const onSuccess = vi.fn<(answer: string) => void>();
    const options = { label: "Syncing", job: failOnPurpose, onSuccess };
    await trackRequest(createActivityStore(), () => "done", options);
    expect(onSuccess).toHaveBeenCalledExactlyOnceWith("done");
  });

  it("in a subscriber of the store, at each of its changes", async () => {
    const uncaught = catchUncaught();
    const store = createActivityStore();
    store.subscribe(failOnPurpose);
    const send = vi.fn<() => string>(() => "done");
    const options = { label: "Building", job: () => build("1", "running") };
    expect(await trackRequest(store, send, options)).toBe("done");
    expect(send).toHaveBeenCalledOnce();
    expect(activeLabels(store)).toEqual(["Building (shop)"]);
    await vi.waitFor(() => expect(uncaught.length).toBeGreaterThan(0));
    expect(new Set(uncaught)).toEqual(new Set(["the host's own"]));
  });

  it("in a subscriber of the store, of a request that fails", async () => {
    catchUncaught();
    const store = createActivityStore();
    store.subscribe(failOnPurpose);
    const failure = new Error("HTTP 409");
    const request = trackRequest(store, () => Promise.reject(failure), { label: "Starting" });
    expect(activeLabels(store)).toEqual(["Starting"]);
    await expect(request).rejects.toBe(failure);
    expect(activeLabels(store)).toEqual([]);
  });
});

describe("what is no job, text or key is reported, and costs the user's request nothing", () => {
  it.each([
    ["a text", "build:1", 'hint: expected an object, got "build:1"'],
    ["a promise", Promise.resolve(), "hint.key: expected a value, got undefined"],
    ["no kind", { ...build("1", "running"), kind: undefined }, "hint.kind: expected a string"],
    ["an id that is a number", { ...build("1", "running"), id: 42 }, "a string, got 42"],
    [
      "no status",
      { ...build("1", "running"), status: undefined },
      "hint.status: expected a string",
    ],
  ])("a job that is %s", async (_, job, message) => {
    const { labels, problems } = await track({ job: () => job });
    expect(labels).toEqual(["Idle", "Building", "Idle"]);
    expect(problems).toEqual([expect.stringContaining(message)]);
  });

  it.each([Number.NaN, 9e15, -9e15, Infinity, "soon"])("a time that is %s", async (startedAt) => {
    const { jobs, problems } = await track({
      job: () => ({ ...build("1", "running"), startedAt }),
    });
    expect(jobs).toMatchObject([{ key: "build:1", serverTime: false }]);
    expect(problems).toEqual([
      expect.stringMatching(/build\.startedAt: expected an? (ISO 8601 )?time/),
    ]);
  });

  it("a job with methods and more, of which only what a job has is kept", async () => {
    const job = build("1", "running", { startedAt: serverTime(1), projectId: "shop\u202e" });
    // As of a class, whose fields are its prototype's.
    const given = Object.assign(Object.setPrototypeOf({}, job), { cancel() {}, more: () => 1 });
    const { jobs, problems } = await track({ job: () => given });
    expect(problems).toEqual([]);
    expect(structuredClone(jobs)).toMatchObject([
      { key: "build:1", label: "Building (shop)", startedAt: serverTime(1), serverTime: true },
    ]);
    expect(JSON.stringify(jobs)).not.toContain("more");
  });

  it("a label, in place of which another is shown", async () => {
    const { labels, uncaught } = await track({ label: 42 });
    expect(labels).toEqual(["Idle", "Working…", "Idle"]);
    expect(uncaught).toEqual(["label: expected a string, got 42"]);
  });

  it("a job that it is about", async () => {
    const { labels, uncaught } = await track({ about: { key: "run:1" } });
    expect(labels).toEqual(["Idle", "Building", "Idle"]);
    expect(uncaught).toEqual(["about: expected a string, got an object"]);
  });
});

/** What is in the store after a request with these options, and what was reported. */
async function track(options: object) {
  const uncaught = catchUncaught();
  const store = createActivityStore();
  const labels = recordLabels(store);
  const problems: string[] = [];
  drive(store).onHintProblem(({ message }) => problems.push(message));
  await trackRequest(store, () => "done", { label: "Building", ...options });
  // What was thrown surfaces in a task of its own.
  await new Promise((resolve) => setTimeout(resolve));
  return { labels, uncaught, problems, jobs: Object.values(store.getState().backendJobs) };
}
