import type { JobKey, Phase } from "../jobs/job.ts";
import { type BackendJob, type EndedJob, isSameEntry } from "./entries.ts";
import { isOfThisPage } from "./logicalClock.ts";

/** How many ended jobs of one kind are remembered, besides those that were only listed. */
export const maxEndedJobs = 500;

/**
 * How many of one kind that were only listed: enough to know an end for which a hint comes late, and
 * how long those jobs usually take that end often.
 */
export const maxListedEnds = 50;

/** The jobs that the store knows: active ones, and those that have ended. */
export interface JobRecords {
  /** In the order in which they were inserted: the latest is the last. */
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
  /** The keys of what is changed. */
  keys: () => Iterable<JobKey>;
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
  const { backendJobs, endedJobs } = records;
  return {
    active: stageRecord(backendJobs, (next, changed) => summarize(backendJobs, next, changed)),
    ended: stageRecord(endedJobs),
  };
}

// What would change is found out first, on a map that holds only the differences: a record of ten
// thousand jobs is copied once for an action that changes it, and not at all for one that does not.
function stageRecord<Entry extends { readonly key: JobKey; readonly order: number }>(
  base: Readonly<Record<JobKey, Entry>>,
  onResult?: (
    next: Readonly<Record<JobKey, Entry>>,
    changed: ReadonlyMap<JobKey, Entry | undefined>,
  ) => void,
): RecordChanges<Entry> {
  const changed = new Map<JobKey, Entry | undefined>();
  const inBase = (key: JobKey) => entryIn(base, key);
  const get = (key: JobKey) => (changed.has(key) ? changed.get(key) : inBase(key));

  function stage(key: JobKey, entry: Entry | undefined): void {
    // One that is staged at another place goes to the end of the record, and so of what is staged.
    if (changed.get(key)?.order !== entry?.order) changed.delete(key);
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
    keys: () => changed.keys(),
    entries() {
      const kept = Object.values(base).filter((entry) => !changed.has(entry.key));
      const staged = [...changed.values()].filter((entry) => entry !== undefined);
      return [...kept, ...staged];
    },
    result() {
      if (changed.size === 0) return base;
      const next = { ...base };
      for (const [key, entry] of changed) {
        const was = inBase(key);
        // So that what has got another place comes last.
        if (was && was.order !== entry?.order) delete next[key];
        if (entry) next[key] = entry;
      }
      onResult?.(next, changed);
      return next;
    },
  };
}

/**
 * The entry of a record, whatever a host gives for a key. By its own key, since to ask whether the record
 * itself has it takes several times as long: what all objects have is no entry.
 */
function entryIn<Entry extends { readonly key: JobKey }>(
  record: Readonly<Record<JobKey, Entry>>,
  key: JobKey,
): Entry | undefined {
  const entry = record[key];
  return entry?.key === key ? entry : undefined;
}

/** The active jobs at a glance. */
interface JobSummary {
  readonly count: number;
  /** The one that was inserted last. */
  readonly latest: BackendJob | undefined;
  /** How many there are of each phase. */
  readonly phases: Readonly<Record<Phase, number>>;
}

const summaries = new WeakMap<JobRecords["backendJobs"], JobSummary>();

/** How many jobs are active, and which is the latest. */
export function summaryOf(jobs: JobRecords["backendJobs"]): JobSummary {
  const known = summaries.get(jobs);
  if (known) return known;
  const own = Object.values(jobs).filter(isOfThisPage);
  const phases = { queued: 0, working: 0, waiting: 0, steady: 0 };
  for (const { phase } of own) phases[phase] += 1;
  const summary = { count: own.length, latest: own.at(-1), phases };
  summaries.set(jobs, summary);
  return summary;
}

// From what was known before the change: going through ten thousand jobs takes half as long as
// copying them. Only where the latest is gone it must be looked for.
function summarize(
  before: JobRecords["backendJobs"],
  after: JobRecords["backendJobs"],
  changed: ReadonlyMap<JobKey, BackendJob | undefined>,
): void {
  let { count, latest } = summaryOf(before);
  const phases = { ...summaryOf(before).phases };
  for (const [key, job] of changed) {
    if (job === undefined && key === latest?.key) return;
    const was = entryIn(before, key);
    if (was !== undefined) count -= 1;
    if (was !== undefined) phases[was.phase] -= 1;
    if (job === undefined) continue;
    count += 1;
    phases[job.phase] += 1;
    if (latest === undefined || job.order >= latest.order) latest = job;
  }
  summaries.set(after, { count, latest, phases });
}

/**
 * Drops all but the newest ended jobs of each kind. Those known from a snapshot only are kept by the
 * server's time, so that what is kept of it is always the same; the others by when this store learned
 * of their end. No clock is compared with another one.
 */
export function boundEndedJobs({ ended }: JobChanges): void {
  if (!ended.isChanged()) return;
  const groups = new Map<string, EndedJob[]>();
  for (const job of ended.entries()) {
    const name = `${job.kind} ${job.isListedOnly}`;
    const group = groups.get(name) ?? [];
    group.push(job);
    groups.set(name, group);
  }
  for (const group of groups.values()) {
    const isListedOnly = group[0]?.isListedOnly === true;
    const surplus = group.length - (isListedOnly ? maxListedEnds : maxEndedJobs);
    if (surplus <= 0) continue;
    const oldestFirst = group.toSorted(isListedOnly ? byServerTime : byOrder);
    for (const { key } of oldestFirst.slice(0, surplus)) ended.remove(key);
  }
}

function byServerTime(a: EndedJob, b: EndedJob): number {
  return a.endedAt - b.endedAt || byOrder(a, b);
}

function byOrder(a: EndedJob, b: EndedJob): number {
  return a.order - b.order;
}
