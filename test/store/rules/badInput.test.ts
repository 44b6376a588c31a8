// Rule 6, the store's part. Whatever has come through the parsers is stored like anything else.
import { drive } from "../../support/jobs/drive.ts";
import { describe, expect, it, vi } from "vitest";
import { PayloadError } from "../../../src/jobs/payload.ts";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { activeKeys, changesNothing } from "../../support/jobs/jobStore.ts";
import { build, run } from "../../support/jobs/jobs.ts";

/** Calls as a host does that has no types to tell it what a key looks like. */
function untyped(action: (...args: never[]) => void, ...args: string[]): void {
  Reflect.apply(action, undefined, args);
}

describe.each(["__proto__", "constructor", "toString", "a:b", " ", "💥"])("the id %j", (id) => {
  it("is added, updated and removed like any other", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("run", [run(id, "pending")]);
    drive(store).applyJobUpdates([run(id, "running")]);
    expect(activeKeys(store)).toEqual([`run:${id}`]);
    drive(store).applyJobUpdates([run(id, "stopped")]);
    expect(activeKeys(store)).toEqual([]);
    store.getState().applyJobHint(run(id, "running"));
    expect(activeKeys(store)).toEqual([]);
  });

  it("leaves the neighbours alone", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("build", [build("1", "running"), build(id, "running")]);
    store.getState().completeBackendJob(`build:${id}`);
    expect(activeKeys(store)).toEqual(["build:1"]);
  });
});

it.each(["__proto__", "constructor"])("knows no job by the name %s alone", (name) => {
  const store = createActivityStore();
  const { completeBackendJob, registerBackendJob } = store.getState();
  expect(changesNothing(store, () => untyped(completeBackendJob, name))).toBe(true);
  expect(() => untyped(registerBackendJob, name, "Building…")).toThrow(TypeError);
});

it.each(["__proto__", "constructor"])(
  "takes %s for a kind like any that it does not know",
  (kind) => {
    const store = createActivityStore();
    store.getState().registerBackendJob(`${kind}:1`, "Deploying…");
    expect(activeKeys(store)).toEqual([`${kind}:1`]);
    store.getState().completeBackendJob(`${kind}:1`);
    expect(activeKeys(store)).toEqual([]);
  },
);

it.each(["build", ":1", "build:", ":", ""])("refuses the key %j", (key) => {
  const store = createActivityStore();
  const register = () => untyped(store.getState().registerBackendJob, key, "Building…");
  expect(changesNothing(store, () => expect(register).toThrow(TypeError))).toBe(true);
});

it("takes the first of two jobs of one id in a snapshot for as good as the second", () => {
  const store = createActivityStore();
  drive(store).applyJobSnapshot("run", [run("1", "running"), run("1", "running")]);
  expect(activeKeys(store)).toEqual(["run:1"]);
});

it.each([
  42,
  null,
  {},
  { ...build("1", "running"), id: 42 },
  { kind: "deploy", id: "1", status: "" },
])("takes no hint from %j, and hands on what is wrong with it", (given) => {
  const store = createActivityStore();
  const problems: PayloadError[] = [];
  const stop = drive(store).onHintProblem((problem) => problems.push(problem));
  const hint = () => void Reflect.apply(store.getState().applyJobHint, undefined, [given]);
  expect(changesNothing(store, hint)).toBe(true);
  stop();
  expect(problems).toEqual([expect.any(PayloadError)]);
});

it("warns of a hint that is none where nobody else hears of it", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const store = createActivityStore();
  Reflect.apply(store.getState().applyJobHint, undefined, [{ ...build("1", "running"), id: 42 }]);
  expect(warn).toHaveBeenCalledExactlyOnceWith(
    "[active-indicator] hint.id: expected a string, got 42",
  );
  warn.mockRestore();
});

it("makes a label that a host gives fit to be shown", () => {
  const store = createActivityStore();
  store.getState().registerBackendJob("deploy:1", `Deploying\n\u202e${"x".repeat(1_000_000)}`);
  const label = store.getState().backendJobs["deploy:1"]?.label ?? "";
  expect(label).toMatch(/^Deploying x+…$/);
  expect(label.length).toBeLessThan(300);
});
