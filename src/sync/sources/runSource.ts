import type { JobKindName } from "../../jobs/jobKinds.ts";
import type { PayloadError } from "../../jobs/PayloadError.ts";
import type { BackendJobsSlice } from "../../store/backendJobs.ts";
import type { ConnectionSlice } from "../../store/connection.ts";
import { tick } from "../../store/logicalClock.ts";
import type { RequestActionsSlice } from "../../store/requestActions.ts";
import { writerOf } from "../../store/storeWriter.ts";
import { callHost, surface } from "../../store/hostCode.ts";
import { createBackoff } from "../backoff.ts";
import type { Cancel, SyncEnvironment, WakeReason } from "../environment.ts";
import { startSilenceWatch } from "../silenceWatch.ts";
import { createUpdateBatch, type DatedJob } from "../updateBatch.ts";
import { createAskedJobs } from "./askedJobs.ts";
import type { Sink, SnapshotOrigin, Source, SourceContext } from "./source.ts";
import { createThrottle } from "./throttle.ts";
import { createTickHistory } from "./tickHistory.ts";

/** How long an attempt may take until it has given a snapshot, in ms. */
const answerTimeoutMs = 15_000;
/** For how long an attempt must last before it counts as one that does, in ms. */
const provenAfterMs = 5_000;
/** How many attempts in a row may end before, until the next one has to prove itself first. */
const maxEndedEarly = 2;
/** From what age on an answer is no longer what is true now, in ms. */
const oldAfterMs = 5_000;
/** The least pause between two tries of a lost source while the page is hidden, in ms. */
const hiddenRetryMs = 60_000;
/** The longest that a server can ask to be left alone, in ms. */
const maxRetryAfterMs = 300_000;
/** The least time between two checks, however often the page wakes, in ms. */
const wakeIntervalMs = 1_000;

/** The part of a store that sources read and write. */
export interface SourceStore {
  getState: () => Pick<
    BackendJobsSlice,
    "backendJobs" | "applyJobSnapshot" | "applyJobUpdates" | "onJobHint"
  > &
    Pick<ConnectionSlice, "setConnectionStatus" | "setServerClock"> &
    Pick<RequestActionsSlice, "registerRequestAction">;
}

/** What a source runs in, and who is called when it changes. */
export interface RunSourceOptions {
  source: Source;
  environment: SyncEnvironment;
  store: SourceStore;
  /** Takes what was malformed. */
  report: (problem: PayloadError) => void;
  /** The session has ended. */
  onUnauthorized: () => void;
  /** It is back, after having been lost since the logical time `lostAt`. */
  onBack: (lostAt: number) => void;
}

/** A source that runs. */
export interface RunningSource {
  /** Looks at once whether what is known is still true, unless a server asked to wait. */
  refresh: () => void;
  /** The same, unless it has spoken since the logical time `since`. */
  checkSince: (since: number) => void;
  /** Begins anew, with nothing known. */
  restart: () => void;
  /** Ends it for good: nothing late gets through. Safe twice. */
  stop: () => void;
}

/** One try to keep a source connected. */
interface Attempt {
  readonly ending: AbortController;
  /** What is to be undone when it ends. */
  readonly cancels: Set<Cancel>;
  /** The kinds of which it has not given a snapshot yet. */
  readonly unanswered: Set<JobKindName>;
  readonly wakers: (() => void)[];
  /** The logical time at which it last spoke, or began. */
  spokeAt: number;
  /** Whether it has lasted: only then does its loss come as a surprise. */
  isProven: boolean;
}

/**
 * Runs a source through drops, silence and sleep, and writes what it finds out into the store.
 *
 * `current` is the attempt that is believed; `candidate` the one that is begun to take its place,
 * and does so once it has answered. An attempt proves itself by an answer to a question of its own,
 * or by lasting. Once two in a row have ended before, the next one counts as live only when it is
 * proven: a cache that replays an ended stream, or a server that falls over and over, is a lost
 * source.
 */
export function runSource(options: RunSourceOptions): RunningSource {
  const { source, environment, store, report } = options;
  const writer = writerOf(store.getState());
  const backoff = createBackoff(environment.random);
  const history = createTickHistory(environment.now);
  const asked = createAskedJobs(store, source.kinds);
  const batch = createUpdateBatch(environment, write);
  const silence = startSilenceWatch(environment, source.silenceMs ?? 0, () => current && begin());
  const checks = createThrottle(environment, wakeIntervalMs, check);
  const stopWaking = environment.onWake(wake);
  let current: Attempt | undefined;
  let candidate: Attempt | undefined;
  let cancelRetry: Cancel | undefined;
  let endedEarly = 0;
  let isStopped = false;
  let leaveAloneUntil = 0;
  let lostAt: number | undefined;
  let beganAt = 0;

  function begin(): void {
    // What came before a question must not count as later than it.
    batch.flush();
    // A store subscriber may call stop() whenever something is written.
    if (isStopped) return;
    cancelRetry?.();
    cancelRetry = undefined;
    const timeoutMs = answerTimeLeft();
    end(candidate);
    // One that is begun beside another changes nothing of what that has said.
    if (!current) setStatus("connecting");
    if (isStopped) return;
    const attempt = createAttempt(source);
    candidate = attempt;
    history.note(attempt.spokeAt);
    after(attempt, timeoutMs, () => {
      if (attempt === candidate) lose(`no answer within ${answerTimeoutMs / 1_000} s`);
    });
    onEnd(attempt, source.start(createSink(attempt), createContext(attempt)));
  }

  /** Calls after `ms` unless the attempt has ended by then. */
  function after({ cancels }: Attempt, ms: number, callback: () => void): Cancel {
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
  }

  // While a silent attempt is being replaced it still counts as live: for no longer than one answer
  // may take, however often the browser wakes meanwhile.
  function answerTimeLeft(): number {
    if (!current || !candidate) beganAt = environment.now();
    return Math.max(0, answerTimeoutMs - Math.abs(environment.now() - beganAt));
  }

  function beginAgain(): void {
    try {
      begin();
    } catch (thrown) {
      surface(thrown);
      if (candidate) lose("it cannot be started");
    }
  }

  function createSink(attempt: Attempt): Sink {
    /** Lets `act` happen only while the attempt is wanted, and makes one write of it. */
    function take(act: () => void): void {
      // A host may have reset its store, which ends every attempt.
      writer.check();
      if (!attempt.ending.signal.aborted) writer.batch(act);
    }

    return {
      snapshot: (kind, jobs, origin = {}) =>
        take(() => {
          const askedAt = dateOf(attempt, origin);
          hear(attempt);
          history.note(attempt.spokeAt);
          batch.flush();
          store.getState().applyJobSnapshot(kind, jobs, askedAt);
          attempt.unanswered.delete(kind);
          if (attempt.unanswered.size === 0) adopt(attempt, origin);
        }),
      update: (jobs) =>
        take(() => {
          hear(attempt);
          for (const job of jobs) batch.add(job, attempt.spokeAt);
        }),
      live: () =>
        take(() => {
          hear(attempt);
          attempt.unanswered.clear();
          adopt(attempt);
        }),
      lost: (why, { retryAfterMs } = {}) => take(() => lose(why, retryAfterMs)),
      // What the host does then is its own, and no part of a write.
      unauthorized: () => !attempt.ending.signal.aborted && options.onUnauthorized(),
      problem: (problem) => take(() => report(problem)),
    };
  }

  function hear(attempt: Attempt): void {
    attempt.spokeAt = tick();
    if (attempt === current) silence.heard();
  }

  // A snapshot is of the moment at which its source last spoke; one out of a cache is older still.
  function dateOf(attempt: Attempt, { askedAt = attempt.spokeAt, ageMs = 0 }: SnapshotOrigin) {
    return ageMs === 0 ? askedAt : Math.min(askedAt, history.before(environment.now() - ageMs));
  }

  function adopt(attempt: Attempt, { askedAt, ageMs = 0, clockOffsetMs }: SnapshotOrigin = {}) {
    if (attempt !== current) {
      end(current);
      current = attempt;
      candidate = undefined;
      silence.heard();
      after(attempt, provenAfterMs, () => prove(attempt));
    }
    if (ageMs > oldAfterMs) return sayLost(`a cache answers, ${Math.round(ageMs / 1_000)} s late`);
    if (askedAt !== undefined) prove(attempt);
    else if (endedEarly < maxEndedEarly) sayLive();
    if (clockOffsetMs !== undefined) store.getState().setServerClock(clockOffsetMs);
  }

  function prove(attempt: Attempt): void {
    attempt.isProven = true;
    endedEarly = 0;
    backoff.reset();
    sayLive();
  }

  function lose(why: string, retryAfterMs = 0): void {
    if (current?.isProven === false) endedEarly += 1;
    endAll();
    const heldMs = Math.min(maxRetryAfterMs, retryAfterMs);
    leaveAloneUntil = environment.now() + heldMs;
    const hiddenMs = environment.isHidden() ? hiddenRetryMs : 0;
    const delayMs = Math.max(backoff.nextDelayMs(), heldMs, hiddenMs);
    // Before anybody is told, so that a subscriber that stops the sync stops this too.
    cancelRetry = environment.after(delayMs, beginAgain);
    sayLost(why);
  }

  function sayLive(): void {
    const wasLostAt = lostAt;
    lostAt = undefined;
    setStatus("live");
    if (wasLostAt !== undefined) options.onBack(wasLostAt);
  }

  function sayLost(why: string): void {
    lostAt ??= tick();
    setStatus("lost", `${source.title}: ${why}`);
  }

  function setStatus(status: "connecting" | "live" | "lost", error?: string): void {
    store.getState().setConnectionStatus(source.name, status, error);
  }

  function write(updates: readonly DatedJob[]): void {
    const jobs = updates.map(([job]) => job);
    store.getState().applyJobUpdates(
      jobs,
      updates.map(([, at]) => at),
    );
  }

  function wake(reason: WakeReason): void {
    const attempt = current ?? candidate;
    // Coming into view is no reason to doubt a connection that is watched, the others are.
    if (reason === "visible" && attempt?.wakers.length === 0) silence.check();
    else checks.call();
  }

  function check(): void {
    if (cancelRetry && environment.now() < leaveAloneUntil) return;
    const wakers = (current ?? candidate)?.wakers ?? [];
    if (wakers.length === 0) beginAgain();
    for (const waker of wakers) waker();
  }

  function endAll(): void {
    cancelRetry?.();
    cancelRetry = undefined;
    end(candidate);
    end(current);
    candidate = current = undefined;
  }

  function createContext(attempt: Attempt): SourceContext {
    return {
      signal: attempt.ending.signal,
      fetch: environment.fetch,
      openEventSource: environment.openEventSource,
      now: environment.now,
      tick() {
        const reading = tick();
        history.note(reading);
        return reading;
      },
      isHidden: environment.isHidden,
      after: (ms, callback) => after(attempt, ms, callback),
      onWake: (callback) => void attempt.wakers.push(callback),
      onHint: (callback) => onEnd(attempt, asked.onAsked(callback)),
      jobs: asked.activeJobs,
    };
  }

  function stop(): void {
    isStopped = true;
    stopWaking();
    silence.stop();
    checks.stop();
    endAll();
    batch.drop();
    asked.stop();
  }

  try {
    begin();
  } catch (error) {
    // No EventSource here, or a URL that it refuses: nothing of this start may stay behind.
    stop();
    throw error;
  }
  return {
    refresh() {
      // What is asked for by hand is for those that can be asked; a stream says by itself.
      if (!isStopped && (cancelRetry || (current ?? candidate)?.wakers.length)) check();
    },
    checkSince(since) {
      const spokeAt = (candidate ?? current)?.spokeAt ?? 0;
      if (!isStopped && spokeAt < since) checks.call();
    },
    restart() {
      if (isStopped) return;
      endAll();
      batch.drop();
      lostAt = undefined;
      writer.batch(() => {
        // With it goes that it has ever answered.
        store.getState().setConnectionStatus(source.name, "off");
        beginAgain();
      });
    },
    stop,
  };
}

function createAttempt({ kinds }: Source): Attempt {
  return {
    ending: new AbortController(),
    cancels: new Set(),
    unanswered: new Set(kinds),
    wakers: [],
    spokeAt: tick(),
    isProven: false,
  };
}

function end(attempt: Attempt | undefined): void {
  if (!attempt) return;
  attempt.ending.abort();
  for (const cancel of attempt.cancels) callHost(cancel);
  attempt.cancels.clear();
}

/** Has `cancel` called when the attempt ends; at once if it has. */
function onEnd({ ending, cancels }: Attempt, cancel: Cancel): void {
  if (ending.signal.aborted) callHost(cancel);
  else cancels.add(cancel);
}
