import { produce } from "immer";
import type { JobKey } from "../jobs/job.ts";
import { type BackendJob, type EndedJob, isSameEntry } from "./entries.ts";

/** How many ended jobs of one kind are remembered: as many that are only listed, as many others. */
export const maxEndedJobs = 500;

/** The jobs that the store knows: active ones, and those that have ended. */
export interface JobRecords {
  readonly backendJobs: Readonly<Record<JobKey, BackendJob>>;
  readonly endedJobs: Readonly<Record<JobKey, EndedJob>>;
}

/** Changes to one record, gathered before anything is written. */
export interface RecordChanges<Entry> {
  /** The entry as it will be. */
  get: (key: JobKey) => Entry | undefined;
  put: (entry: Entry) => void;
  remove: (key: JobKey) => void;
  isChanged: () => boolean;
  /** All entries as they will be. */
  entries: () => Entry[];
  /** The record with the changes; the very same object if they come to nothing. */
  result: () => Readonly<Record<JobKey, Entry>>;
}

/** Changes to both records. */
export interface JobChanges {
  readonly active: RecordChanges<BackendJob>;
  readonly ended: RecordChanges<EndedJob>;
}

/** Begins to gather changes to the jobs that the store knows. */
export function stageJobChanges(records: JobRecords): JobChanges {
  return { active: stageRecord(records.backendJobs), ended: stageRecord(records.endedJobs) };
}

// A `produce` that changes nothing costs as much as one that does, so what would change is found
// out first, on a map that holds only the differences.
function stageRecord<Entry extends { readonly key: JobKey }>(
  base: Readonly<Record<JobKey, Entry>>,
): RecordChanges<Entry> {
  const changed = new Map<JobKey, Entry | undefined>();
  const inBase = (key: JobKey) => (Object.hasOwn(base, key) ? base[key] : undefined);
  const get = (key: JobKey) => (changed.has(key) ? changed.get(key) : inBase(key));

  function stage(key: JobKey, entry: Entry | undefined): void {
    if (inBase(key) === entry) changed.delete(key);
    else changed.set(key, entry);
  }

  return {
    get,
    put(entry) {
      const original = inBase(entry.key);
      stage(entry.key, original && isSameEntry(original, entry) ? original : entry);
    },
    remove: (key) => stage(key, undefined),
    isChanged: () => changed.size > 0,
    entries() {
      const kept = Object.values(base).filter((entry) => !changed.has(entry.key));
      const staged = [...changed.values()].filter((entry) => entry !== undefined);
      return [...kept, ...staged];
    },
    result() {
      if (changed.size === 0) return base;
      return produce(base as Record<JobKey, Entry>, (draft: Record<JobKey, unknown>) => {
        for (const [key, entry] of changed) {
          if (entry === undefined) delete draft[key];
          else draft[key] = entry;
        }
      });
    },
  };
}

/**
 * Drops all but the newest ended jobs. Those known from a snapshot only are kept by the server's
 * time, so that what is kept of it is always the same; the others by when this store learned of
 * their end. No clock is compared with another one.
 */
export function boundEndedJobs({ ended }: JobChanges): void {
  if (!ended.isChanged()) return;
  const jobs = ended.entries();
  const listed = jobs.filter((job) => job.isListedOnly);
  const others = jobs.filter((job) => !job.isListedOnly);
  const surplus = [
    ...beyondBound(others.toSorted((a, b) => b.order - a.order)),
    ...beyondBound(listed.toSorted((a, b) => b.endedAt - a.endedAt || b.order - a.order)),
  ];
  for (const { key } of surplus) ended.remove(key);
}

function beyondBound(newestFirst: readonly EndedJob[]): EndedJob[] {
  const counts = new Map<string, number>();
  return newestFirst.filter(({ kind }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count > maxEndedJobs;
  });
}
