import type { JobKey, JobKindName } from "../jobs/jobKinds.ts";
import type { PayloadError } from "../jobs/PayloadError.ts";
import { type Job, parseHint, reporting } from "../jobs/wire.ts";
import { boundEndedJobs } from "./boundEndedJobs.ts";
import { type JobChanges, type JobRecords, stageJobChanges } from "./jobChanges.ts";
import { applyAttention } from "./jobAttention.ts";
import { type Attention, type EndedJob } from "./endedJob.ts";
import { type BackendJobDetails, toRegisteredJob } from "./jobEntries.ts";
import { applyHint, applySnapshot, applyUpdate, type EvidenceTarget } from "./jobEvidence.ts";
import { tick } from "./logicalClock.ts";
import { applyMemory } from "./recallJobs.ts";
import { applyMirror, type MirroredJobs } from "./mirrorJobs.ts";
import type { StoreWriter } from "./storeWriter.ts";
import { callHost } from "./hostCode.ts";
import { createTouchLog } from "./touchLog.ts";

/** Hears of news that were read or dismissed. */
export type AttentionListener = (keys: readonly JobKey[], attention: Attention) => void;

/**
 * The slice of jobs on the backend. Every action that takes evidence is one `set`; one that
 * changes nothing leaves the state the same object.
 */
export interface BackendJobsSlice extends JobRecords {
  /**
   * Adds a job, or updates the one of that key where it stands. For jobs that no source covers.
   * @throws TypeError if `key` is not of the form `<kind>:<id>`, `startedAt` is no time, or label,
   * status or project are none that can be shown
   */
  registerBackendJob: (key: JobKey, label: string, details?: BackendJobDetails) => void;
  /** Removes a job. One that is not there is no error. */
  completeBackendJob: (key: JobKey) => void;
  /**
   * Replaces the jobs of a kind by all that the server lists. `askedAt` is the logical time of the
   * question (`tick()`); an answer asked for earlier than one already applied changes nothing.
   */
  applyJobSnapshot: (kind: JobKindName, jobs: readonly Job[], askedAt?: number) => void;
  /**
   * Takes what the authority says of single jobs, in the order in which it said so; `at` is the
   * logical time at which each came. @default now
   */
  applyJobUpdates: (jobs: readonly Job[], at?: readonly number[]) => void;
  /**
   * Takes the job in the answer to the user's own request. `askedAt` is the logical time of the
   * request (a request action's `order`): one from before the last `clearBackendJobs` is ignored.
   * Never throws: a job that is none goes to `onHintProblem` and nowhere else. Gives the job as it
   * was taken.
   */
  applyJobHint: (job: Job, askedAt?: number) => Job | undefined;
  /** Calls with each hint, after it was weighed; until what it returns is called. */
  onJobHint: (listener: (job: Job) => void) => () => void;
  /** Calls with what is wrong with a hint; until what it returns is called. */
  onHintProblem: (listener: (problem: PayloadError) => void) => () => void;
  /** Notes that the news of these ended jobs were read or dismissed. Only ever moves forward. */
  setJobAttention: (keys: readonly JobKey[], attention: Attention) => void;
  /** Calls when news were read or dismissed; until what it returns is called. */
  onJobAttention: (listener: AttentionListener) => () => void;
  /** Takes over what another tab's store says of the jobs. */
  mirrorBackendJobs: (jobs: MirroredJobs) => void;
  /**
   * Takes back what was known before the page was loaded: jobs that had ended, and the keys of those
   * that were active. What is known by now stays as it is.
   */
  recallJobs: (ended: readonly EndedJob[], active: readonly JobKey[]) => void;
  /** Forgets all jobs and all evidence. Snapshots and hints asked for before are ignored. */
  clearBackendJobs: () => void;
}

/** Creates the slice of backend jobs, to be spread into any zustand store. */
export function createBackendJobsSlice({ read, write, onReset }: StoreWriter): BackendJobsSlice {
  const touches = createTouchLog();
  const lastAskedAt = new Map<JobKindName, number>();
  const hintListeners = new Set<(job: Job) => void>();
  const hintProblemListeners = new Set<(problem: PayloadError) => void>();
  const attentionListeners = new Set<AttentionListener>();
  let clearedAt = 0;

  function commit(name: string, changes: JobChanges): void {
    boundEndedJobs(changes);
    if (!changes.active.isChanged() && !changes.ended.isChanged()) return;
    const backendJobs = changes.active.result();
    const endedJobs = changes.ended.result();
    write({ backendJobs, endedJobs }, `backendJobs/${name}`);
  }

  function reportHint(problem: PayloadError): void {
    for (const listener of hintProblemListeners) listener(problem);
    // Without a sync there is nobody else to hear of the host's mistake.
    if (hintProblemListeners.size === 0) console.warn(`[active-indicator] ${problem.message}`);
  }

  function apply(name: string, stage: (target: EvidenceTarget) => void): void {
    const changes = stageJobChanges(read());
    stage({ changes, touches });
    commit(name, changes);
  }

  // Snapshots and hints asked for before say nothing of what is true from now on.
  function forget(): void {
    touches.clear();
    lastAskedAt.clear();
    clearedAt = tick();
  }
  onReset(forget);

  return {
    backendJobs: {},
    endedJobs: {},
    registerBackendJob: (key, label, details = {}) =>
      apply("register", ({ changes }) => {
        changes.active.put(toRegisteredJob(key, label, details, changes.active.get(key)));
        changes.ended.remove(key);
        touches.touch(key);
      }),
    completeBackendJob: (key) =>
      apply("complete", ({ changes }) => {
        const job = changes.active.get(key);
        if (job) applyUpdate({ changes, touches }, { kind: job.kind, id: job.id, status: "" });
      }),
    applyJobSnapshot(kind, jobs, askedAt = tick()) {
      if (askedAt < Math.max(clearedAt, lastAskedAt.get(kind) ?? 0)) return;
      lastAskedAt.set(kind, askedAt);
      apply("snapshot", (target) => applySnapshot(target, kind, jobs, askedAt));
    },
    applyJobUpdates: (jobs, at = []) =>
      apply("updates", (target) => jobs.forEach((job, n) => applyUpdate(target, job, at[n]))),
    applyJobHint(given, askedAt = tick()) {
      if (askedAt < clearedAt) return undefined;
      const job = reporting(() => parseHint(given, reportHint), reportHint);
      if (!job) return undefined;
      apply("hint", (target) => applyHint(target, job));
      for (const listener of hintListeners) callHost(() => listener(job));
      return job;
    },
    onJobHint(listener) {
      hintListeners.add(listener);
      return () => hintListeners.delete(listener);
    },
    onHintProblem(listener) {
      hintProblemListeners.add(listener);
      return () => hintProblemListeners.delete(listener);
    },
    setJobAttention(keys, attention) {
      apply("attention", ({ changes }) => applyAttention(changes, keys, attention));
      for (const listener of attentionListeners) listener(keys, attention);
    },
    onJobAttention(listener) {
      attentionListeners.add(listener);
      return () => attentionListeners.delete(listener);
    },
    mirrorBackendJobs: (jobs) => apply("mirror", (target) => applyMirror(target, jobs)),
    recallJobs: (ended, active) => apply("recall", (target) => applyMemory(target, ended, active)),
    clearBackendJobs() {
      forget();
      const { backendJobs, endedJobs } = read();
      if (Object.keys(backendJobs).length + Object.keys(endedJobs).length === 0) return;
      write({ backendJobs: {}, endedJobs: {} }, "backendJobs/clear");
    },
  };
}
