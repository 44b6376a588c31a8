import { parseEntries } from "../../jobs/defineJobKind.ts";
import { type Job, kindOf } from "../../jobs/job.ts";
import { PayloadError } from "../../jobs/payload.ts";
import type { SourceStatus } from "../../store/connection.ts";
import { surface } from "../../store/hostCode.ts";
import { createTickHistory, tick } from "../../store/logicalClock.ts";
import type { ActivityInternals } from "../../store/storeWriter.ts";
import type { Cancel, SyncEnvironment, WakeReason } from "../environment.ts";
import { type Attempt, createAttempt, type HintedJobs } from "./attempt.ts";
import { type EventListeners, type EventName, maxEventLength } from "./rawEvents.ts";
import { kindNames, type Sink, type SnapshotOrigin, type Source } from "./source.ts";
import {
  createBackoff,
  createThrottle,
  createUpdateBatch,
  type RetryAfter,
  startSilenceWatch,
} from "./timing.ts";

/** How long an attempt may take until it has given a snapshot, in ms. */
const answerTimeoutMs = 15_000;
/** How long an attempt must last to prove itself without an answer to a question, in ms. */
const provenAfterMs = 5_000;
/** How many attempts in a row may end unproven before the next one must prove itself to be live. */
const maxUnproven = 2;
/** From what age on an answer no longer says what is true now, in ms. */
const oldAfterMs = 5_000;
/** The shortest pause between two attempts of a lost source while the page is hidden, in ms. */
const hiddenRetryMs = 60_000;
/** The shortest time between two checks, however often the page wakes, in ms. */
const wakeIntervalMs = 1_000;

/** What the sources of a sync run in, and who is called about them. */
export interface SourceHost {
  environment: SyncEnvironment;
  internals: ActivityInternals;
  /** Belongs to the sync, since a tab may come to lead after its user has asked. */
  hintedJobs: HintedJobs;
  /** Belongs to the sync, since a source that is started again must still wait. */
  retryAfter: RetryAfter;
  /** Who listens to the raw events of the sources. */
  events: EventListeners;
  /** Whether `startBackendSync` still runs, so that its caller gets what a source's `start` throws. */
  isStarting: () => boolean;
  /** Called with what was malformed, and with the name of the source that it came from. */
  report: (from: string, problem: Error) => void;
  /** Called when a server says that the session has ended. */
  onUnauthorized: () => void;
}

/** Runs a source. */
export interface SourceRunner {
  /** Begins. While `startBackendSync` runs, it throws what the source's `start` throws. */
  start: () => void;
  /** Looks at once whether what is known is still true, unless the server asked for a wait. */
  refresh: () => void;
  /** The same within a second, unless the source gave a sign of life since the logical time `since`. */
  checkSince: (since: number) => void;
  /** Begins anew, with nothing known of its jobs. */
  restart: () => void;
  /** Ends it for good: nothing late gets through. Safe twice. */
  stop: () => void;
}

/**
 * Creates what runs a source through drops, silence and sleep, and writes what it gives into the store.
 *
 * The `current` attempt is believed. A `candidate` is begun beside it and takes its place with its
 * first snapshots. Once two attempts in a row have ended before they proved themselves, the source
 * counts as lost until one does: a cache may replay a stream that has ended, or a server may fall over
 * and over.
 *
 * `onBack` is called when the source is live again, with the logical time at which it was lost.
 */
export function createSourceRunner(
  host: SourceHost,
  source: Source,
  onBack: (lostAt: number) => void,
): SourceRunner {
  const { environment, internals, hintedJobs, retryAfter, events } = host;
  const kinds = kindNames(source);
  const backoff = createBackoff(environment.random);
  const batch = createUpdateBatch(environment, internals.applyJobUpdates);
  const silence = startSilenceWatch(environment, source.silenceMs ?? 0, replaceSilent);
  const checks = createThrottle(environment, wakeIntervalMs, check);
  const stopWaking = environment.onWake(wake);
  /** Lists that cannot change, and the kind of all their jobs: a poll gives one again and again. */
  const checkedLists = new WeakMap<readonly Job[], string>();
  let run = {};
  let history = createTickHistory(environment.now);
  let current: Attempt | undefined;
  let candidate: Attempt | undefined;
  let cancelRetry: Cancel | undefined;
  let unproven = 0;
  let isStopped = false;
  let lostAt: number | undefined;
  /** Grows with each beginning and each end of attempts. */
  let turn = 0;
  let wasOvertaken = false;

  function beginWhenAllowed(beginNow: () => void): void {
    const waitMs = retryAfter.leftMs(source.name);
    if (waitMs <= 0) return beginNow();
    setConnecting(internals, [source]);
    if (!isStopped) beginAfter(waitMs);
  }

  function begin(isFirst = false): void {
    turn += 1;
    const own = turn;
    // Updates that came before the new attempt must not count as later than what it gives.
    batch.flush();
    // A store subscriber may have stopped the sync, or had it begin anew, while we wrote.
    if (isStopped || own !== turn) return;
    cancelRetry?.();
    cancelRetry = undefined;
    dropCandidate();
    // A current attempt goes on being believed until the new one has answered.
    if (!current) setConnecting(internals, [source]);
    // It may have done so during this write too.
    if (own !== turn) return;
    const attempt = createAttempt({ kinds, environment, history, hintedJobs, run, onListen });
    candidate = attempt;
    attempt.context.after(answerTimeoutMs, () => {
      const why = `no answer within ${answerTimeoutMs / 1_000} s`;
      write(attempt, () => attempt === candidate && lose(attempt, why));
    });
    try {
      attempt.onEnd(source.start(createSink(attempt), attempt.context));
    } catch (thrown) {
      // While startBackendSync runs, its caller gets it. Later it would reach a timer, a lock or a store
      // subscriber instead, so it makes the source lost: the attempt may be the current one by now.
      if (isFirst) throw thrown;
      surface(thrown);
      write(attempt, () => lose(attempt, "it cannot be started"));
    }
  }

  function beginAgain(): void {
    internals.check();
    begin();
  }

  // The current attempt goes on until the server allows another one.
  function beginBeside(): void {
    const waitMs = retryAfter.leftMs(source.name);
    if (waitMs <= 0) beginAgain();
    else beginAfter(waitMs);
  }

  function beginAfter(ms: number): void {
    cancelRetry?.();
    cancelRetry = environment.after(ms, () => {
      cancelRetry = undefined;
      beginAgain();
    });
  }

  function hasEnded({ context }: Attempt): boolean {
    // A host may have reset its store, which ends every attempt.
    internals.check();
    return context.signal.aborted;
  }

  /** Makes one write of what `act` does, unless the attempt has ended. */
  function write(attempt: Attempt, act: () => unknown): void {
    if (!hasEnded(attempt)) internals.batch(() => void act());
  }

  function onListen(callback: (event: string) => void): Cancel {
    const asked = new Set<string>();
    function ask({ source: name, event }: EventName): void {
      if (name !== source.name || asked.has(event)) return;
      asked.add(event);
      callback(event);
    }
    events.names().forEach(ask);
    return events.onAdded(ask);
  }

  // Of the current attempt alone: the server sends to the one that is about to take its place too.
  function deliver(attempt: Attempt, event: string, data: string): void {
    if (attempt !== current) return;
    if (data.length <= maxEventLength) return events.deliver({ source: source.name, event }, data);
    report(new PayloadError(event, `at most ${maxEventLength} characters`, data));
  }

  function report(problem: Error): void {
    host.report(source.name, problem);
  }

  function createSink(attempt: Attempt): Sink {
    function noteSign(): void {
      attempt.lastSignAt = tick();
      if (attempt === current) silence.reset();
    }

    return {
      snapshot: (kind, jobs, given = {}) =>
        write(attempt, () => {
          refuseOthers([{ kind: kind.name }]);
          if (checkedLists.get(jobs) !== kind.name) refuseOthers(jobs, [kind.name]);
          if (Object.isFrozen(jobs)) checkedLists.set(jobs, kind.name);
          const origin = readOrigin(given);
          const askedAt = dateOf(attempt, origin);
          noteSign();
          history.note(attempt.lastSignAt);
          batch.flush();
          const isTaken = internals.applyJobSnapshot(kind.name, jobs, askedAt);
          if (!isTaken && current && attempt === candidate) return dropOvertaken();
          attempt.unanswered.delete(kind.name);
          if (attempt.unanswered.size === 0) adopt(attempt, origin);
        }),
      update(jobs) {
        if (hasEnded(attempt)) return;
        refuseOthers(jobs);
        noteSign();
        for (const job of jobs) batch.add(job, attempt.lastSignAt);
      },
      gone: (keys) =>
        write(attempt, () => {
          refuseOthers(keys.map((key) => ({ kind: kindOf(key) })));
          noteSign();
          batch.flush();
          internals.removeJobs(keys);
        }),
      live: () =>
        write(attempt, () => {
          noteSign();
          attempt.unanswered.clear();
          adopt(attempt, {});
        }),
      lost: (why, { retryAfterMs } = {}) => write(attempt, () => lose(attempt, why, retryAfterMs)),
      // Outside of a write, since the host's own callback may write to the store.
      unauthorized: () => !hasEnded(attempt) && host.onUnauthorized(),
      // Outside of a write too: a listener is the host's.
      event(name, data) {
        if (hasEnded(attempt)) return;
        noteSign();
        deliver(attempt, name, data);
      },
      problem: (problem) => write(attempt, () => report(problem)),
      parse(kind, entries) {
        let jobs: Job[] = [];
        // However many are bad, the connection says so by one write.
        internals.batch(() => {
          jobs = parseEntries(kind, entries, report);
        });
        return jobs;
      },
    };
  }

  // Jobs of another source's kind would never be corrected: that source does not know of them.
  function refuseOthers(given: readonly Pick<Job, "kind">[], own = kinds): void {
    const other = given.find(({ kind }) => !own.includes(kind));
    if (other === undefined) return;
    const where = `where only those of ${own.map((name) => `"${name}"`).join(", ")} can be`;
    throw new TypeError(`"${source.name}" gave jobs of "${other.kind}", ${where}`);
  }

  // The current attempt has given a later snapshot meanwhile: keep it, and look again. Only once: one
  // that sends snapshots all the time would overtake every new connection.
  function dropOvertaken(): void {
    dropCandidate();
    wasOvertaken = !wasOvertaken;
    if (wasOvertaken) checks.call();
  }

  // The server sent an undated snapshot after the attempt's last sign of life, so it is at least of
  // that moment. One that lay in a cache is of the moment at which it was put there.
  function dateOf(attempt: Attempt, { askedAt = attempt.lastSignAt, ageMs = 0 }: SnapshotOrigin) {
    return ageMs === 0 ? askedAt : Math.min(askedAt, history.before(environment.now() - ageMs));
  }

  function adopt(attempt: Attempt, { askedAt, ageMs = 0, clockOffsetMs }: SnapshotOrigin): void {
    attempt.isOld = ageMs > oldAfterMs;
    if (attempt !== current) {
      current?.end();
      current = attempt;
      candidate = undefined;
      wasOvertaken = false;
      silence.reset();
      attempt.context.after(provenAfterMs, () => write(attempt, () => prove(attempt)));
    }
    if (attempt.isOld) setLost(`a cache answers, ${Math.round(ageMs / 1_000)} s late`);
    else if (askedAt !== undefined) prove(attempt);
    else if (unproven < maxUnproven) setLive();
    if (clockOffsetMs !== undefined && !attempt.isOld)
      internals.setClockOffset(source.name, clockOffsetMs);
  }

  function prove(attempt: Attempt): void {
    attempt.isProven = true;
    unproven = 0;
    backoff.reset();
    if (!attempt.isOld) setLive();
  }

  function lose(attempt: Attempt, why: string, retryAfterMs = 0): void {
    retryAfter.note(source.name, retryAfterMs);
    // The current attempt gave a sign of life after the candidate began: nothing is lost.
    if (attempt === candidate && current && current.lastSignAt > attempt.beganAt)
      return dropCandidate();
    if (current?.isProven === false) unproven += 1;
    endAttempts();
    const hiddenMs = environment.isHidden() ? hiddenRetryMs : 0;
    // Before the write, so that a store subscriber that stops the sync cancels this too.
    beginAfter(Math.max(backoff.nextDelayMs(), retryAfter.leftMs(source.name), hiddenMs));
    setLost(why);
  }

  function dropCandidate(): void {
    candidate?.end();
    candidate = undefined;
  }

  function endAttempts(): void {
    turn += 1;
    cancelRetry?.();
    cancelRetry = undefined;
    candidate?.end();
    current?.end();
    candidate = current = undefined;
    wasOvertaken = false;
  }

  function setLive(): void {
    const wasLostAt = lostAt;
    lostAt = undefined;
    setStatus("live");
    if (wasLostAt !== undefined) onBack(wasLostAt);
  }

  function setLost(why: string): void {
    lostAt ??= tick();
    setStatus("lost", `${source.name.charAt(0).toUpperCase()}${source.name.slice(1)}: ${why}`);
  }

  function setStatus(status: SourceStatus, error?: string): void {
    internals.setSourceStatus(source.name, status, error);
  }

  // A first attempt needs no successor: it is given up by itself when it does not answer.
  function replaceSilent(): void {
    if (current && !candidate) beginBeside();
  }

  function wake(reason: WakeReason): void {
    // Coming into view breaks no connection: where silence is watched, a look at the clock will do.
    if (reason === "visible" && (current ?? candidate)?.wakers.length === 0) silence.check();
    else checks.call();
  }

  function check(): void {
    if (isStopped) return;
    const { wakers = [] } = current ?? candidate ?? {};
    for (const waker of wakers) waker();
    // A candidate that waits for its first answer is the check already, unless the machine slept.
    if (wakers.length === 0 && !isWaiting(candidate)) beginBeside();
  }

  function isWaiting(attempt: Attempt | undefined): boolean {
    const ageMs = environment.now() - (attempt?.beganMs ?? Number.NEGATIVE_INFINITY);
    return ageMs >= 0 && ageMs < answerTimeoutMs;
  }

  function stop(): void {
    isStopped = true;
    stopWaking();
    silence.stop();
    checks.stop();
    endAttempts();
    batch.drop();
  }

  return {
    start: () => beginWhenAllowed(host.isStarting() ? () => begin(true) : beginAgain),
    refresh() {
      // A stream sends by itself what is new; it is only asked again once it is lost.
      if (cancelRetry || (current ?? candidate)?.wakers.length) check();
    },
    checkSince(since) {
      const lastSignAt = (candidate ?? current)?.lastSignAt ?? 0;
      if (!isStopped && lastSignAt < since) checks.call();
    },
    restart() {
      if (isStopped) return;
      endAttempts();
      batch.drop();
      // What attempts leave to the next would date a list to a moment from before, when nothing counts.
      run = {};
      history = createTickHistory(environment.now);
      lostAt = undefined;
      unproven = 0;
      internals.batch(() => {
        setConnecting(internals, [source], true);
        beginWhenAllowed(beginAgain);
      });
    },
    stop,
  };
}

function readOrigin({ askedAt, ageMs, clockOffsetMs }: SnapshotOrigin): SnapshotOrigin {
  return { askedAt: finite(askedAt), ageMs: finite(ageMs), clockOffsetMs: finite(clockOffsetMs) };
}

// A source may have read a header that was not there: what is no number is not known.
function finite(value: number | undefined): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/**
 * Makes sources connecting, in one write: they have yet to answer, though what they gave before may be
 * shown. With `anew` they count as ones that have never answered.
 */
export function setConnecting(
  internals: ActivityInternals,
  sources: readonly Source[],
  anew = false,
): void {
  internals.batch(() => {
    for (const source of sources) {
      const { name } = source;
      if (anew || !(name in internals.read().connection))
        internals.openSource(name, kindNames(source));
      else internals.setSourceStatus(name, "connecting");
    }
  });
}
