import { type JobKey, kindOf } from "../../jobs/job.ts";
import type { BackendJob, EndedJob } from "../../store/entries.ts";
import type { JobPatch } from "../../store/rules.ts";
import type { ActivityRecords } from "../../store/storeWriter.ts";

type SharedState = Pick<ActivityRecords, "backendJobs" | "endedJobs">;

/** What a leader has written of the jobs that tabs share. */
export interface PatchLog {
  /** Notes what a write has changed. */
  note: (before: SharedState, after: SharedState) => void;
  /** Has the next patch tell of a job, be it changed or not. */
  askFor: (key: JobKey) => void;
  /** All of it. */
  whole: () => JobPatch;
  /** What has changed since the last patch; `undefined` if that is nothing. */
  changes: () => JobPatch | undefined;
}

/** Nothing that has changed. */
export const noChange: JobPatch = { isWhole: false, active: [], ended: [], gone: [] };

/**
 * Begins with what the store holds of these kinds. It follows writes alone, so that time travel, or
 * a host that resets its store, is taken to no other tab.
 */
export function createPatchLog(state: SharedState, kinds: ReadonlySet<string>): PatchLog {
  const active = new Map<JobKey, BackendJob>();
  const ended = new Map<JobKey, EndedJob>();
  const changed = new Set<JobKey>();
  const gone = new Set<JobKey>();
  const empty: SharedState = { backendJobs: {}, endedJobs: {} };

  function note(before: SharedState, after: SharedState): void {
    follow(active, before.backendJobs, after.backendJobs);
    follow(ended, before.endedJobs, after.endedJobs);
  }

  function follow<Entry extends { readonly key: JobKey; readonly kind: string }>(
    own: Map<JobKey, Entry>,
    before: Readonly<Record<string, Entry>>,
    after: Readonly<Record<string, Entry>>,
  ): void {
    if (before === after) return;
    for (const entry of Object.values(after)) {
      if (before[entry.key] === entry || !kinds.has(entry.kind)) continue;
      own.set(entry.key, entry);
      changed.add(entry.key);
    }
    for (const { key, kind } of Object.values(before)) {
      if (Object.hasOwn(after, key) || !kinds.has(kind)) continue;
      own.delete(key);
      changed.add(key);
      gone.add(key);
    }
  }

  function take(patch: JobPatch): JobPatch {
    changed.clear();
    gone.clear();
    return patch;
  }

  note(empty, state);
  take(noChange);
  return {
    note,
    askFor: (key) => void (kinds.has(kindOf(key)) && changed.add(key)),
    whole: () =>
      take({ isWhole: true, active: [...active.values()], ended: [...ended.values()], gone: [] }),
    changes() {
      if (changed.size === 0) return undefined;
      const keys = [...changed];
      const patch = {
        isWhole: false,
        active: keys.flatMap((key) => active.get(key) ?? []),
        ended: keys.flatMap((key) => ended.get(key) ?? []),
        gone: [...gone].filter((key) => !active.has(key) && !ended.has(key)),
      };
      const isEmpty = patch.active.length + patch.ended.length + patch.gone.length === 0;
      take(noChange);
      return isEmpty ? undefined : patch;
    },
  };
}
