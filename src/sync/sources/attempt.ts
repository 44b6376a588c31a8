import { callHost } from "../../store/hostCode.ts";
import { tick } from "../../store/logicalClock.ts";
import type { Cancel, SyncEnvironment } from "../environment.ts";
import type { Source } from "./source.ts";
import type { ActiveJob, JobKey } from "../../jobs/job.ts";
import type { ActivityStore } from "../../store/activityStore.ts";
import type { BackendJob } from "../../store/entries.ts";
import type { ActivityInternals } from "../../store/storeWriter.ts";

/** One try to keep a source connected: what it has said, and all that ends with it. */
export interface Attempt {
  /** Aborts when it ends. */
  readonly signal: AbortSignal;
  /** The kinds of which it has not given a snapshot yet. */
  readonly unanswered: Set<string>;
  readonly wakers: (() => void)[];
  /** The logical time at which it began. */
  readonly beganAt: number;
  /** When it began: client time, epoch ms. */
  readonly beganMs: number;
  /** The logical time at which it last spoke, or began. */
  spokeAt: number;
  /** Whether what it last gave lay in a cache for too long to be believed. */
  isOld: boolean;
  /** Whether it has lasted: only then does its loss come as a surprise. */
  isProven: boolean;
  /** Calls after `ms` unless it has ended by then. */
  after: (ms: number, callback: () => void) => Cancel;
  /** Has `cancel` called when it ends; at once if it has. */
  onEnd: (cancel: Cancel) => void;
  /** Nothing of it gets through any more. */
  end: () => void;
}

/** Begins to keep account of an attempt. */
export function createAttempt(
  { kinds }: Source,
  environment: Pick<SyncEnvironment, "after" | "now">,
): Attempt {
  const ending = new AbortController();
  const cancels = new Set<Cancel>();
  const beganAt = tick();

  return {
    signal: ending.signal,
    unanswered: new Set(kinds.map(({ name }) => name)),
    wakers: [],
    beganAt,
    beganMs: environment.now(),
    spokeAt: beganAt,
    isOld: false,
    isProven: false,
    after(ms, callback) {
      const cancelTimer = environment.after(ms, () => {
        cancels.delete(cancel);
        callback();
      });
      const cancel = () => {
        cancels.delete(cancel);
        cancelTimer();
      };
      cancels.add(cancel);
      return cancel;
    },
    onEnd(cancel) {
      if (ending.signal.aborted) callHost(cancel);
      else cancels.add(cancel);
    },
    end() {
      ending.abort();
      for (const cancel of cancels) callHost(cancel);
      cancels.clear();
    },
  };
}

/** The jobs of some kinds that the user has asked for; they outlive the attempts of a source. */
export interface AskedJobs {
  /** Calls with those that are active still, then with each to come. */
  onAsked: (callback: (job: ActiveJob) => void) => Cancel;
  /** The active jobs of these kinds, whoever asked for them. */
  activeJobs: () => readonly ActiveJob[];
  stop: () => void;
}

/** Begins to note which jobs the user asks for. */
export function createAskedJobs(
  store: Pick<ActivityStore, "getState">,
  { onJobHint }: Pick<ActivityInternals, "onJobHint">,
  kinds: readonly string[],
): AskedJobs {
  const keys = new Set<JobKey>();
  const callbacks = new Set<(job: ActiveJob) => void>();

  function askedAndActive(): ActiveJob[] {
    const { backendJobs } = store.getState();
    for (const key of keys) if (!(key in backendJobs)) keys.delete(key);
    return [...keys].flatMap((key) => backendJobs[key] ?? []).map(toJob);
  }

  const stop = onJobHint(({ key, kind }) => {
    const job = store.getState().backendJobs[key];
    if (!kinds.includes(kind) || job === undefined) return;
    keys.add(key);
    for (const callback of callbacks) callback(toJob(job));
  });

  return {
    onAsked(callback) {
      for (const job of askedAndActive()) callback(job);
      callbacks.add(callback);
      return () => void callbacks.delete(callback);
    },
    activeJobs: () =>
      Object.values(store.getState().backendJobs)
        .filter(({ kind }) => kinds.includes(kind))
        .map(toJob),
    stop,
  };
}

// As its kind's parse gives it, so that a source can give it back; a start by the client's clock
// would then pass for the server's.
function toJob({ startedAt, serverTime, ...job }: BackendJob): ActiveJob {
  return { noun: job.kind, ...job, ...(serverTime && { startedAt }) };
}
