// What holds after any sequence of evidence.
import { drive } from "../support/jobs/drive.ts";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Job } from "../../src/jobs/job.ts";
import { type ActivityStore, createActivityStore } from "../../src/store/activityStore.ts";
import { tick } from "../../src/store/logicalClock.ts";
import { changesNothing } from "../support/jobs/jobStore.ts";
import { build, run, serverTime } from "../support/jobs/jobs.ts";

type Act = (store: ActivityStore) => void;

const kind = fc.constantFrom("build" as const, "run" as const);
const id = fc.constantFrom("1", "2", "3", "__proto__");
const status = fc.constantFrom(
  "pending",
  "running",
  "stopping",
  "stopped",
  "succeeded",
  "failed",
  "paused",
);

const jobOf = (kinds: fc.Arbitrary<"build" | "run">): fc.Arbitrary<Job> =>
  fc
    .record(
      {
        kind: kinds,
        id,
        status,
        projectId: fc.constant("shop"),
        startedAt: fc.constant(serverTime(1)),
      },
      { requiredKeys: ["kind", "id", "status"] },
    )
    .map(({ kind: name, id: its, status: how, projectId, startedAt }) => {
      const details = { projectId, ...(startedAt !== undefined && { startedAt }) };
      return (name === "build" ? build : run)(its, how, details);
    });
const job = jobOf(kind);

const listing = kind.chain((name) =>
  fc.record({
    kind: fc.constant(name),
    jobs: fc.uniqueArray(jobOf(fc.constant(name)), { selector: (one) => one.id }),
  }),
);

// A question is asked now or was asked a few readings of the logical clock ago.
const age = fc.nat(6);

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.array(job, { maxLength: 3 }).map(update) },
  { weight: 3, arbitrary: fc.tuple(listing, age).map(([list, ago]) => snapshot(list, ago)) },
  { weight: 3, arbitrary: fc.tuple(job, age).map(([one, ago]) => hint(one, ago)) },
  { weight: 1, arbitrary: job.map(register) },
  { weight: 1, arbitrary: job.map(complete) },
  { weight: 1, arbitrary: fc.constant<Act>((store) => drive(store).clearBackendJobs()) },
  {
    weight: 1,
    arbitrary: fc.constant<Act>((store) => store.getState().registerRequestAction("x")),
  },
);
const acts = fc.array(act, { maxLength: 12 });

function update(jobs: Job[]): Act {
  return (store) => drive(store).applyJobUpdates(jobs);
}
function snapshot(list: { kind: "build" | "run"; jobs: Job[] }, ago: number): Act {
  return (store) => drive(store).applyJobSnapshot(list.kind, list.jobs, tick() - ago);
}
function hint(one: Job, ago: number): Act {
  return (store) => store.getState().applyJobHint(one, tick() - ago);
}
function register(one: Job): Act {
  return (store) => store.getState().registerBackendJob(`${one.kind}:${one.id}`, "Working…");
}
function complete(one: Job): Act {
  return (store) => store.getState().completeBackendJob(`${one.kind}:${one.id}`);
}

function storeAfter(history: readonly Act[]): ActivityStore {
  const store = createActivityStore();
  for (const step of history) step(store);
  return store;
}

describe("after any sequence of evidence", () => {
  it("no job is both active and ended, and no two entries have one order", () => {
    fc.assert(
      fc.property(acts, (history) => {
        const { backendJobs, endedJobs, requestActions } = storeAfter(history).getState();
        const ended = Object.keys(endedJobs);
        expect(Object.keys(backendJobs).filter((key) => ended.includes(key))).toEqual([]);
        const shown = [...Object.values(backendJobs), ...Object.values(requestActions)];
        expect(new Set(shown.map(({ order }) => order)).size).toBe(shown.length);
      }),
    );
  });

  it("an action whose outcome equals what was there leaves the very same state", () => {
    fc.assert(
      fc.property(acts, act, (history, last) => {
        const store = storeAfter(history);
        const before = store.getState();
        last(store);
        const after = store.getState();
        const isEqual = JSON.stringify(after) === JSON.stringify(before);
        expect(after === before).toBe(isEqual);
      }),
    );
  });

  it("a snapshot asked for now lists exactly what is active of its kind", () => {
    fc.assert(
      fc.property(acts, listing, (history, list) => {
        const store = storeAfter(history);
        drive(store).applyJobSnapshot(list.kind, list.jobs, tick());
        const active = Object.values(store.getState().backendJobs).filter(isOf(list.kind));
        expect(told(active)).toEqual(told(list.jobs.filter(isActive)));
      }),
    );
  });

  it("of two answers that come in the order of their questions, the second counts", () => {
    fc.assert(
      fc.property(acts, listing, fc.array(job), (history, list, others) => {
        const store = storeAfter(history);
        const [first, second] = [tick(), tick()];
        const earlier = others.filter(isOf(list.kind)).filter(isActive);
        drive(store).applyJobSnapshot(list.kind, earlier, first);
        drive(store).applyJobSnapshot(list.kind, list.jobs, second);
        const active = Object.values(store.getState().backendJobs).filter(isOf(list.kind));
        expect(told(active)).toEqual(told(list.jobs.filter(isActive)));
      }),
    );
  });

  it("the same snapshot twice changes nothing the second time", () => {
    fc.assert(
      fc.property(acts, listing, (history, list) => {
        const store = storeAfter(history);
        const apply = () => drive(store).applyJobSnapshot(list.kind, list.jobs, tick());
        apply();
        expect(changesNothing(store, apply)).toBe(true);
      }),
    );
  });

  it("an answer asked for earlier than the last one changes nothing", () => {
    fc.assert(
      fc.property(acts, listing, listing, (history, list, late) => {
        const store = storeAfter(history);
        const earlier = tick();
        drive(store).applyJobSnapshot(late.kind, list.jobs.filter(isOf(late.kind)), tick());
        const apply = () => drive(store).applyJobSnapshot(late.kind, late.jobs, earlier);
        expect(changesNothing(store, apply)).toBe(true);
      }),
    );
  });

  it("a hint neither moves a job back nor revives one that has ended", () => {
    fc.assert(
      fc.property(acts, job, (history, one) => {
        const store = storeAfter(history);
        const key = `${one.kind}:${one.id}` as const;
        const { backendJobs, endedJobs } = store.getState();
        const before = backendJobs[key];
        store.getState().applyJobHint(one, tick());
        const after = store.getState().backendJobs[key];
        const isRevived = endedJobs[key] !== undefined && after !== undefined;
        const isMovedBack = before !== undefined && after !== undefined && after.rank < before.rank;
        expect({ isRevived, isMovedBack }).toEqual({ isRevived: false, isMovedBack: false });
      }),
    );
  });

  it("clearing leaves nothing that a late answer could write to", () => {
    fc.assert(
      fc.property(acts, listing, job, (history, list, one) => {
        const store = storeAfter(history);
        const earlier = tick();
        drive(store).clearBackendJobs();
        drive(store).applyJobSnapshot(list.kind, list.jobs, earlier);
        store.getState().applyJobHint(one, earlier);
        expect(store.getState().backendJobs).toEqual({});
        expect(store.getState().endedJobs).toEqual({});
      }),
    );
  });
});

function told(jobs: ReadonlyArray<{ id: string; status: string }>): string[] {
  return jobs.map((one) => `${one.id} ${one.status}`).toSorted();
}

function isActive({ phase }: Job): boolean {
  return phase !== undefined;
}

function isOf(name: string): (one: { kind: string }) => boolean {
  return (one) => one.kind === name;
}
