import { type JobKind, parseEntries } from "../../jobs/defineJobKind.ts";
import type { ActivityStore } from "../../store/activityStore.ts";
import { surface } from "../../store/hostCode.ts";
import { createTickHistory, tick } from "../../store/logicalClock.ts";
import type { ActivityInternals } from "../../store/storeWriter.ts";
import type { Cancel, SyncEnvironment, WakeReason } from "../environment.ts";
import { type Attempt, createAskedJobs, createAttempt } from "./attempt.ts";
import { createBackoff, createThrottle, type Pace, startSilenceWatch } from "./timing.ts";
import type { Sink, SnapshotOrigin, Source, SourceContext } from "./source.ts";
import { createUpdateBatch, type DatedJob } from "./updateBatch.ts";

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
/** The least time between two checks, however often the page wakes, in ms. */
const wakeIntervalMs = 1_000;

/** What a source runs in, and who is called when it changes. */
export interface RunSourceOptions {
  source: Source;
  environment: SyncEnvironment;
  store: Pick<ActivityStore, "getState">;
  internals: ActivityInternals;
  pace: Pace;
  /** Takes what was malformed. */
  report: (problem: Error) => void;
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
  const { source, environment, store, internals, pace, report } = options;
  const kinds = source.kinds.map(({ name }) => name);
  const run = {};
  const backoff = createBackoff(environment.random);
  const history = createTickHistory(environment.now);
  const asked = createAskedJobs(store, internals, kinds);
  const batch = createUpdateBatch(environment, write);
  const silence = startSilenceWatch(environment, source.silenceMs ?? 0, replaceSilent);
  const checks = createThrottle(environment, wakeIntervalMs, check);
  const stopWaking = environment.onWake(wake);
  let current: Attempt | undefined;
  let candidate: Attempt | undefined;
  let cancelRetry: Cancel | undefined;
  let endedEarly = 0;
  let isStopped = false;
  let lostAt: number | undefined;
  let beginnings = 0;

  function begin(): void {
    beginnings += 1;
    const own = beginnings;
    // What came before a question must not count as later than it.
    batch.flush();
    if (isStopped) return;
    cancelRetry?.();
    cancelRetry = undefined;
    candidate?.end();
    candidate = undefined;
    // One that is begun beside another changes nothing of what that has said.
    if (!current) sayConnecting();
    // Whoever follows the store may have stopped the sync, or had it begin anew.
    if (isStopped || own !== beginnings) return;
    const attempt = createAttempt(source, environment);
    candidate = attempt;
    history.note(attempt.beganAt);
    attempt.after(answerTimeoutMs, () => {
      const why = `no answer within ${answerTimeoutMs / 1_000} s`;
      take(attempt, () => attempt === candidate && lose(attempt, why));
    });
    attempt.onEnd(source.start(createSink(attempt), createContext(attempt)));
  }

  function beginAgain(): void {
    internals.check();
    try {
      begin();
    } catch (thrown) {
      surface(thrown);
      if (candidate) lose(candidate, "it cannot be started");
    }
  }

  // One that asks by itself, such as a poll, says so when it gets no answer.
  function replaceSilent(): void {
    if (current && !candidate) beginAgain();
  }

  /** Lets `act` happen only while the attempt is wanted, and makes one write of it. */
  function take({ signal }: Attempt, act: () => unknown): void {
    // A host may have reset its store, which ends every attempt.
    internals.check();
    if (!signal.aborted) internals.batch(() => void act());
  }

  function createSink(attempt: Attempt): Sink {
    function hear(): void {
      attempt.spokeAt = tick();
      if (attempt === current) silence.heard();
    }

    return {
      snapshot: (kind, jobs, origin = {}) =>
        take(attempt, () => {
          const askedAt = dateOf(attempt, origin);
          hear();
          history.note(attempt.spokeAt);
          batch.flush();
          const isTaken = internals.applyJobSnapshot(ownKind(kind), jobs, askedAt);
          // What the one of now has said since is later than this: that goes on, and is asked anew.
          if (!isTaken && current && attempt === candidate) {
            dropCandidate();
            return checks.call();
          }
          attempt.unanswered.delete(kind.name);
          if (attempt.unanswered.size === 0) adopt(attempt, origin);
        }),
      update: (jobs) =>
        take(attempt, () => {
          hear();
          for (const job of jobs) batch.add(job, attempt.spokeAt);
        }),
      gone: (keys) =>
        take(attempt, () => {
          hear();
          batch.flush();
          internals.removeJobs(keys);
        }),
      live: () =>
        take(attempt, () => {
          hear();
          attempt.unanswered.clear();
          adopt(attempt, {});
        }),
      lost: (why, { retryAfterMs } = {}) => take(attempt, () => lose(attempt, why, retryAfterMs)),
      // What the host does then is its own, and no part of a write.
      unauthorized: () => !attempt.signal.aborted && options.onUnauthorized(),
      problem: (problem) => take(attempt, () => report(problem)),
      parse: (kind, entries) => parseEntries(kind, entries, report),
    };
  }

  // What a source says of a kind that is another's would never be corrected.
  function ownKind({ name }: JobKind): string {
    if (kinds.includes(name)) return name;
    throw new TypeError(`"${source.name}" gave jobs of "${name}", which it does not name in kinds`);
  }

  // A snapshot is of the moment at which its source last spoke; one out of a cache is older still.
  function dateOf({ spokeAt }: Attempt, { askedAt = spokeAt, ageMs = 0 }: SnapshotOrigin): number {
    return ageMs === 0 ? askedAt : Math.min(askedAt, history.before(environment.now() - ageMs));
  }

  function adopt(attempt: Attempt, { askedAt, ageMs = 0, clockOffsetMs }: SnapshotOrigin): void {
    attempt.isOld = ageMs > oldAfterMs;
    if (attempt !== current) {
      current?.end();
      current = attempt;
      candidate = undefined;
      silence.heard();
      attempt.after(provenAfterMs, () => take(attempt, () => prove(attempt)));
    }
    if (attempt.isOld) sayLost(`a cache answers, ${Math.round(ageMs / 1_000)} s late`);
    else if (askedAt !== undefined) prove(attempt);
    else if (endedEarly < maxEndedEarly) sayLive();
    if (clockOffsetMs !== undefined && !attempt.isOld)
      internals.setClockOffset(source.name, clockOffsetMs);
  }

  function prove(attempt: Attempt): void {
    attempt.isProven = true;
    endedEarly = 0;
    backoff.reset();
    if (!attempt.isOld) sayLive();
  }

  function lose(attempt: Attempt, why: string, retryAfterMs = 0): void {
    // One that has spoken since the other began is as good as ever.
    if (attempt === candidate && current && current.spokeAt > attempt.beganAt)
      return dropCandidate();
    if (current?.isProven === false) endedEarly += 1;
    endAll();
    pace.hold(retryAfterMs);
    const hiddenMs = environment.isHidden() ? hiddenRetryMs : 0;
    // Before anybody is told, so that a subscriber that stops the sync stops this too.
    retryAfter(Math.max(backoff.nextDelayMs(), pace.heldMs(), hiddenMs));
    sayLost(why);
  }

  function retryAfter(ms: number): void {
    cancelRetry?.();
    cancelRetry = environment.after(ms, () => {
      cancelRetry = undefined;
      beginAgain();
    });
  }

  function dropCandidate(): void {
    candidate?.end();
    candidate = undefined;
  }

  function sayConnecting(): void {
    if (source.name in store.getState().connection) setStatus("connecting");
    else internals.openSource(source.name, kinds);
  }

  function sayLive(): void {
    const wasLostAt = lostAt;
    lostAt = undefined;
    setStatus("live");
    if (wasLostAt !== undefined) options.onBack(wasLostAt);
  }

  function sayLost(why: string): void {
    lostAt ??= tick();
    setStatus("lost", `${inCapitals(source.name)}: ${why}`);
  }

  function setStatus(status: "connecting" | "live" | "lost", error?: string): void {
    internals.setSourceStatus(source.name, status, error);
  }

  function write(updates: readonly DatedJob[]): void {
    const jobs = updates.map(([job]) => job);
    const times = updates.map(([, at]) => at);
    internals.applyJobUpdates(jobs, times);
  }

  function wake(reason: WakeReason): void {
    const attempt = current ?? candidate;
    // Coming into view is no reason to doubt a connection that is watched, the others are.
    if (reason === "visible" && attempt?.wakers.length === 0) silence.check();
    else checks.call();
  }

  function check(): void {
    if (isStopped || isLeftAlone()) return;
    const { wakers = [] } = current ?? candidate ?? {};
    for (const waker of wakers) waker();
    // One that waits for its first answer is the check already, unless it slept.
    if (wakers.length === 0 && !isYoung(candidate)) beginAgain();
  }

  function isLeftAlone(): boolean {
    return cancelRetry !== undefined && pace.heldMs() > 0;
  }

  function isYoung(attempt: Attempt | undefined): boolean {
    const ageMs = environment.now() - (attempt?.beganMs ?? Number.NEGATIVE_INFINITY);
    return ageMs >= 0 && ageMs < answerTimeoutMs;
  }

  function endAll(): void {
    cancelRetry?.();
    cancelRetry = undefined;
    candidate?.end();
    current?.end();
    candidate = current = undefined;
  }

  function createContext(attempt: Attempt): SourceContext {
    return {
      signal: attempt.signal,
      run,
      fetch: environment.fetch,
      openEventSource: environment.openEventSource,
      now: environment.now,
      tick() {
        const reading = tick();
        history.note(reading);
        return reading;
      },
      isHidden: environment.isHidden,
      after: attempt.after,
      onWake: (callback) => void attempt.wakers.push(callback),
      onHint: (callback) => attempt.onEnd(asked.onAsked(callback)),
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

  function beginWhenAllowed(): void {
    const waitMs = pace.heldMs();
    if (waitMs <= 0) return begin();
    sayConnecting();
    if (!isStopped) retryAfter(waitMs);
  }

  try {
    beginWhenAllowed();
  } catch (error) {
    // No EventSource here, or a URL that it refuses: nothing of this start may stay behind.
    stop();
    throw error;
  }
  return {
    refresh() {
      // What is asked for by hand is for those that can be asked; a stream says by itself.
      if (cancelRetry || (current ?? candidate)?.wakers.length) check();
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
      endedEarly = 0;
      internals.batch(() => {
        // With it goes that it has ever answered.
        internals.openSource(source.name, kinds);
        beginWhenAllowed();
      });
    },
    stop,
  };
}

function inCapitals(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
