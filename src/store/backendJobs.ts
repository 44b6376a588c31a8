import { hasFailed, type Job, type JobKey, kindOf, parseJob } from "../jobs/job.ts";
import { readBy, reporting, type ReportProblem } from "../jobs/payload.ts";
import { type EndedJob, type ReadState } from "./entries.ts";
import {
  type BackendJobDetails,
  type CompletionDetails,
  toCompletion,
  toRegisteredJob,
} from "./registeredJobs.ts";
import { callHost } from "./hostCode.ts";
import { createTouchLog, tick } from "./logicalClock.ts";
import {
  applyHint,
  applyPatch,
  applyReadState,
  applySnapshot,
  applyUpdate,
  end,
  type IsNewEnd,
  type JobPatch,
  rehydrate,
  removeAll,
  type RuleTarget,
} from "./rules.ts";
import { boundEndedJobs, type JobRecords, stageJobChanges } from "./jobRecords.ts";
import { memoizeByObject } from "./memoizeByObject.ts";
import { selectSeenEnds } from "./selectors.ts";
import { addTo, type StoreWriter } from "./storeWriter.ts";

/**
 * The slice of jobs on the backend. Every action is one `set`; one that changes nothing leaves the
 * state the same object.
 */
export interface BackendJobsSlice extends JobRecords {
  /**
   * Adds a job, or updates the one of that key where it stands. For jobs that no source covers.
   * @throws TypeError for a key that is not `<kind>:<id>`, or a detail that cannot be used
   */
  registerBackendJob: (key: JobKey, label: string, details?: BackendJobDetails) => void;
  /**
   * Ends a job. One that is not there is no error.
   * @throws TypeError for a detail that cannot be used
   */
  completeBackendJob: (key: JobKey, how?: CompletionDetails) => void;
  /**
   * Takes the job in the answer to the user's own request, as its kind's `parse` gives it. `askedAt`
   * is the logical time of the request (a request action's `order`): one from before the end of a
   * session is ignored. Never throws: a job that is none goes to the sync's `onError`. Gives the job
   * as it was taken.
   */
  applyJobHint: (job: Job, askedAt?: number) => Job | undefined;
  /** Notes that the ends of these jobs were read or dismissed. Only ever moves forward. */
  setReadState: (keys: readonly JobKey[], readState: ReadState) => void;
}

/** Is called when ends were read or dismissed. */
export type ReadStateListener = (keys: readonly JobKey[], readState: ReadState) => void;

/** What sync alone does with the jobs of a store. */
export interface JobVerbs {
  /**
   * Replaces the jobs of a kind by all that the server lists. `askedAt` is the logical time of the
   * question; an answer asked for earlier than one already applied changes nothing (rule 3). Gives
   * whether it was taken.
   */
  applyJobSnapshot: (kind: string, jobs: readonly Job[], askedAt?: number) => boolean;
  /**
   * Takes updates of single jobs, in the order in which they came; `at` is the logical time of each.
   * @default now
   */
  applyJobUpdates: (jobs: readonly Job[], at?: readonly number[]) => void;
  /** Removes jobs that a source says are gone, and has not said how they ended. */
  removeJobs: (keys: readonly JobKey[]) => void;
  /** Takes over what the leader's store says of these kinds. */
  applyJobPatch: (patch: JobPatch, kinds: ReadonlySet<string>) => void;
  /** Takes back what was known before the page was loaded. */
  rehydrateJobs: (ended: readonly EndedJob[], active: readonly JobKey[]) => void;
  /** Takes back up to when this browser had looked, before the page was loaded or a session began. */
  rememberLooks: (looks: Looks) => void;
  /** Up to when this browser has looked at these kinds, as far as it has. */
  looksAt: (kinds: ReadonlySet<string>) => Looks;
  /** Forgets all jobs of these kinds. Snapshots and hints asked for before are ignored. */
  clearJobs: (kinds: ReadonlySet<string>) => void;
  /** Calls with each hint, after it was applied; until what it returns is called. */
  onJobHint: (listener: (job: Job) => void) => () => void;
  /** Calls with what is wrong with a hint; until what it returns is called. */
  onHintProblem: (listener: ReportProblem) => () => void;
  /** Calls when ends were read or dismissed; until what it returns is called. */
  onReadState: (listener: ReadStateListener) => () => void;
}

/** Up to when a browser has looked at the jobs of a backend. */
export interface Looks {
  /** By kind the latest end that it knew of, server time in epoch ms; 0 where it knew of none. */
  readonly upTo: Readonly<Record<string, number>>;
  /** Failures that nobody had looked at. */
  readonly unread: readonly JobKey[];
}

/** How many keys an action names in Redux DevTools at the most. */
const maxShownKeys = 20;

/** Creates the slice of backend jobs, and the verbs that stay outside the state. */
export function createBackendJobs({ read, write, onReset }: StoreWriter): {
  slice: BackendJobsSlice;
  verbs: JobVerbs;
} {
  const touches = createTouchLog();
  const lastAskedAt = new Map<string, number>();
  /** By kind the snapshot that the records agree with: to apply it again would change nothing. */
  const agreeing = new Map<string, readonly Job[]>();
  /** The records as they were last seen here: of what somebody else has put there nothing agrees. */
  let lastSeen: JobRecords = { backendJobs: {}, endedJobs: {} };
  /** By kind when anything else than a snapshot spoke of its jobs. */
  const disturbedAt = new Map<string, number>();
  const hintListeners = new Set<(job: Job) => void>();
  const problemListeners = new Set<ReportProblem>();
  const readStateListeners = new Set<ReadStateListener>();
  const clearedAt = new Map<string, number>();
  /** By kind the latest end that was known at the last look, on this page or before it was loaded. */
  const lookedUpTo = new Map<string, number>();
  const leftUnread = new Set<JobKey>();
  let resetAt = 0;

  /** All jobs of a kind are known: what was left unread of it is known, or is not listed any more. */
  function noteLook(kind: string): void {
    lookedUpTo.set(kind, latestEnd(kind));
    for (const key of leftUnread) if (kindOf(key) === kind) leftUnread.delete(key);
  }

  /** The latest end that is known of a kind, or was at the last look. */
  function latestEnd(kind: string): number {
    return Math.max(latestEnds(read().endedJobs).get(kind) ?? 0, lookedUpTo.get(kind) ?? 0);
  }

  // By the server's clock alone: later than every end that was known at the last look. Who looks for the
  // first time has missed nothing.
  const isNewEnd: IsNewEnd = ({ key, kind, finishedAt = 0 }) =>
    leftUnread.delete(key) || finishedAt > (lookedUpTo.get(kind) ?? Infinity);

  function readRecords(): JobRecords {
    const { backendJobs, endedJobs } = read();
    const isSeen = backendJobs === lastSeen.backendJobs && endedJobs === lastSeen.endedJobs;
    if (!isSeen) agreeing.clear();
    return (lastSeen = { backendJobs, endedJobs });
  }

  /** Makes one action of what `stage` changes; `disturbed` are the kinds that it spoke of. */
  function apply(
    name: string,
    disturbed: Iterable<string>,
    stage: (target: RuleTarget) => void,
  ): void {
    const changes = stageJobChanges(readRecords());
    stage({ changes, touches });
    for (const kind of disturbed) {
      agreeing.delete(kind);
      disturbedAt.set(kind, tick());
    }
    boundEndedJobs(changes);
    if (!changes.active.isChanged() && !changes.ended.isChanged()) return;
    const backendJobs = changes.active.result();
    const endedJobs = changes.ended.result();
    const keys = [...changes.active.keys(), ...changes.ended.keys()].slice(0, maxShownKeys);
    lastSeen = { backendJobs, endedJobs };
    write({ backendJobs, endedJobs }, { type: `backendJobs/${name}`, keys: [...new Set(keys)] });
  }

  // What was asked for before says nothing of what is true from now on.
  onReset(() => {
    touches.clear(() => true);
    lastAskedAt.clear();
    agreeing.clear();
    lookedUpTo.clear();
    leftUnread.clear();
    resetAt = tick();
  });

  function isFromBefore(kind: string, askedAt: number): boolean {
    return askedAt < Math.max(resetAt, clearedAt.get(kind) ?? 0);
  }

  const reportHint: ReportProblem = (problem) => {
    for (const listener of problemListeners) listener(problem);
    // Without a sync there is no onError to give the host's mistake to.
    if (problemListeners.size === 0) console.warn(`[active-indicator] ${problem.message}`);
  };

  // A getter of a host's own may throw anything.
  const readHint = (given: unknown) =>
    readBy("hint", "a job that can be read", () => parseJob(given, reportHint));

  return {
    slice: {
      backendJobs: {},
      endedJobs: {},
      registerBackendJob: (key, label, details = {}) =>
        apply("register", [kindOf(key)], ({ changes }) => {
          changes.active.put(toRegisteredJob(key, label, details, changes.active.get(key)));
          changes.ended.remove(key);
          touches.touch(key);
        }),
      completeBackendJob: (key, details = {}) =>
        apply("complete", [kindOf(key)], (target) => {
          const how = toCompletion(details);
          const job = target.changes.active.get(key);
          if (job) end(target, { key, kind: job.kind, id: job.id, ...how });
        }),
      applyJobHint(given, askedAt = tick()) {
        const job = reporting(() => readHint(given), reportHint);
        if (!job || isFromBefore(job.kind, askedAt)) return undefined;
        apply("hint", [job.kind], (target) => applyHint(target, job));
        for (const listener of hintListeners) callHost(() => listener(job));
        return job;
      },
      setReadState(keys, readState) {
        apply(readState, [], (target) => applyReadState(target, keys, readState));
        for (const listener of readStateListeners) listener(keys, readState);
      },
    },
    verbs: {
      applyJobSnapshot(kind, jobs, askedAt = tick()) {
        if (isFromBefore(kind, askedAt) || askedAt < (lastAskedAt.get(kind) ?? 0)) return false;
        lastAskedAt.set(kind, askedAt);
        readRecords();
        if (isSameList(agreeing.get(kind), jobs)) return true;
        apply("snapshot", [], (target) => applySnapshot(target, kind, jobs, askedAt, isNewEnd));
        noteLook(kind);
        // What was said after it was asked for counts for more than it, and for less than the next.
        if ((disturbedAt.get(kind) ?? 0) < askedAt) agreeing.set(kind, keepList(jobs));
        else agreeing.delete(kind);
        return true;
      },
      applyJobUpdates(jobs, at = []) {
        const kinds = new Set(jobs.map(({ kind }) => kind));
        apply("updates", kinds, (target) =>
          jobs.forEach((job, n) => applyUpdate(target, job, isNewEnd, at[n])),
        );
      },
      removeJobs(keys) {
        apply("gone", new Set(keys.map(kindOf)), (target) => removeAll(target, keys));
      },
      applyJobPatch(patch, kinds) {
        apply("patch", kinds, (target) => applyPatch(target, patch, kinds));
        if (patch.isWhole) for (const kind of kinds) noteLook(kind);
      },
      rehydrateJobs(ended, active) {
        const kinds = new Set([...ended.map(({ kind }) => kind), ...active.map(kindOf)]);
        apply("rehydrate", kinds, (target) => rehydrate(target, ended, active));
      },
      rememberLooks({ upTo, unread }) {
        for (const [kind, ms] of Object.entries(upTo)) lookedUpTo.set(kind, ms);
        for (const key of unread) leftUnread.add(key);
      },
      looksAt(kinds) {
        const { endedJobs } = read();
        const looked = [...kinds].filter((kind) => lookedUpTo.has(kind));
        const unread = selectSeenEnds({ endedJobs }).filter(
          (job) => kinds.has(job.kind) && job.readState === "unread" && hasFailed(job),
        );
        return {
          upTo: Object.fromEntries(looked.map((kind) => [kind, latestEnd(kind)])),
          // Those that nothing has been said of yet are as unread as they were.
          unread: [
            ...[...leftUnread].filter((key) => kinds.has(kindOf(key)) && !(key in endedJobs)),
            ...unread.map(({ key }) => key),
          ],
        };
      },
      clearJobs(kinds) {
        touches.clear((key) => kinds.has(kindOf(key)));
        for (const key of leftUnread) if (kinds.has(kindOf(key))) leftUnread.delete(key);
        for (const kind of kinds) {
          lastAskedAt.delete(kind);
          lookedUpTo.delete(kind);
          clearedAt.set(kind, tick());
        }
        apply("clear", kinds, ({ changes: { active, ended } }) => {
          for (const job of active.entries()) if (kinds.has(job.kind)) active.remove(job.key);
          for (const job of ended.entries()) if (kinds.has(job.kind)) ended.remove(job.key);
        });
      },
      onJobHint: (listener) => addTo(hintListeners, listener),
      onHintProblem: (listener) => addTo(problemListeners, listener),
      onReadState: (listener) => addTo(readStateListeners, listener),
    },
  };
}

/** By kind the latest end that is known, by the server's clock. */
const latestEnds = memoizeByObject((endedJobs: JobRecords["endedJobs"]) => {
  const latest = new Map<string, number>();
  for (const { kind, endedAt, serverTime } of Object.values(endedJobs))
    if (serverTime) latest.set(kind, Math.max(endedAt, latest.get(kind) ?? 0));
  return latest;
});

// A source may keep one list and change it in place.
function keepList(jobs: readonly Job[]): readonly Job[] {
  return Object.isFrozen(jobs) ? jobs : [...jobs];
}

function isSameList(list: readonly Job[] | undefined, other: readonly Job[]): boolean {
  if (list === other) return true;
  return list?.length === other.length && list.every((job, index) => job === other[index]);
}
