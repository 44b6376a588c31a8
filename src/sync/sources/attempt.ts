import type { ActiveJob, JobKey } from "../../jobs/job.ts";
import type { BackendJob } from "../../store/entries.ts";
import { callHost } from "../../store/hostCode.ts";
import { tick, type TickHistory } from "../../store/logicalClock.ts";
import { type ActivityInternals, addTo } from "../../store/storeWriter.ts";
import type { Cancel, SyncEnvironment } from "../environment.ts";
import type { SourceContext } from "./source.ts";

/** One attempt of a source: how far it has come, and all that ends with it. */
export interface Attempt {
  /** What the source may use until the attempt ends. */
  readonly context: SourceContext;
  /** The kinds of which it has not given a snapshot yet. */
  readonly unanswered: Set<string>;
  /** The callbacks of the source's `onWake`. */
  readonly wakers: readonly (() => void)[];
  /** The logical time at which it began. */
  readonly beganAt: number;
  /** When it began: client time, epoch ms. */
  readonly beganMs: number;
  /** The logical time of its last sign of life, or of its beginning. */
  lastSignAt: number;
  /** Whether its last snapshot lay in a cache for too long to be what is true now. */
  isOld: boolean;
  /** Whether it has proven itself, by an answer to a question of its own or by lasting. */
  isProven: boolean;
  /** Has `cancel` called when it ends; at once if it has ended. */
  onEnd: (cancel: Cancel) => void;
  /** Ends it: after that the source neither writes nor is called. */
  end: () => void;
}

/** What the attempts of a source have in common. */
export interface AttemptOptions {
  kinds: readonly string[];
  environment: SyncEnvironment;
  history: TickHistory;
  hintedJobs: HintedJobs;
  /** See {@link SourceContext.run}. */
  run: object;
  /** The names of the events that somebody listens to: those of before, then each to come. */
  onListen: (callback: (event: string) => void) => Cancel;
}

/** Creates an attempt that begins now. */
export function createAttempt(options: AttemptOptions): Attempt {
  const { kinds, environment, history, hintedJobs, run, onListen } = options;
  const ending = new AbortController();
  const cancels = new Set<Cancel>();
  const wakers: (() => void)[] = [];
  const beganAt = readClock();

  function readClock(): number {
    const reading = tick();
    history.note(reading);
    return reading;
  }

  function after(ms: number, callback: () => void): Cancel {
    const cancelTimer = environment.after(ms, () => {
      cancels.delete(cancel);
      callback();
    });
    const cancel = () => {
      cancels.delete(cancel);
      cancelTimer();
    };
    onEnd(cancel);
    return cancel;
  }

  function onEnd(cancel: Cancel): void {
    if (ending.signal.aborted) callHost(cancel);
    else cancels.add(cancel);
  }

  // What calls it is another source, a hint or a listener of the host's: none may end by what it throws.
  function guard<Args extends readonly unknown[]>(callback: (...args: Args) => void) {
    return (...args: Args): void => {
      if (!ending.signal.aborted) callHost(() => callback(...args));
    };
  }

  return {
    context: {
      signal: ending.signal,
      run,
      fetch: environment.fetch,
      openEventSource: environment.openEventSource,
      now: environment.now,
      tick: readClock,
      isHidden: environment.isHidden,
      after,
      onWake: (callback) => void wakers.push(guard(callback)),
      onHint: (callback) => onEnd(hintedJobs.onHint(kinds, guard(callback))),
      onListen: (callback) => onEnd(onListen(guard(callback))),
      jobs: () => hintedJobs.active(kinds),
    },
    unanswered: new Set(kinds),
    wakers,
    beganAt,
    beganMs: environment.now(),
    lastSignAt: beganAt,
    isOld: false,
    isProven: false,
    onEnd,
    end() {
      ending.abort();
      for (const cancel of cancels) callHost(cancel);
      cancels.clear();
    },
  };
}

/** The jobs that the user has asked for. They outlive attempts, and the time for which a tab leads. */
export interface HintedJobs {
  /** Calls with those of some kinds that are active still, then with each to come. */
  onHint: (kinds: readonly string[], callback: (job: ActiveJob) => void) => Cancel;
  /** All active jobs of some kinds, asked for or not. */
  active: (kinds: readonly string[]) => readonly ActiveJob[];
  stop: Cancel;
}

/** Begins to note for which jobs the user asks. */
export function startHintedJobs({
  read,
  onJobHint,
}: Pick<ActivityInternals, "read" | "onJobHint">): HintedJobs {
  const keys = new Set<JobKey>();
  const callbacks = new Set<(job: BackendJob) => void>();

  const stop = onJobHint(({ key }) => {
    const job = read().backendJobs[key];
    if (job === undefined) return;
    keys.add(key);
    for (const callback of callbacks) callback(job);
  });

  return {
    onHint(kinds, callback) {
      const { backendJobs } = read();
      const callOwn = (job: BackendJob) => kinds.includes(job.kind) && callback(toJob(job));
      for (const key of keys) {
        const job = backendJobs[key];
        if (job) callOwn(job);
        else keys.delete(key);
      }
      return addTo(callbacks, callOwn);
    },
    active: (kinds) =>
      Object.values(read().backendJobs)
        .filter(({ kind }) => kinds.includes(kind))
        .map(toJob),
    stop,
  };
}

// A source may give the job back as an update, so it must be as its kind's parse gives it. Without
// the server's start time the entry has one by the client's clock, which must not pass for the
// server's.
function toJob({ startedAt, serverTime, ...job }: BackendJob): ActiveJob {
  return { noun: job.kind, ...job, ...(serverTime && { startedAt }) };
}
