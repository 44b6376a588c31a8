// When a source is asked again:
//   retry-after    not before its server allows it
//   backoff        how long after a failure
//   throttle       how often at the most, however often the page wakes
//   silence watch  once nothing has come from it for too long
// And when what it sends is written:
//   update batch   at once, or together with the rest of a frame
import type { Job } from "../../jobs/job.ts";
import type { Cancel, SyncEnvironment } from "../environment.ts";

/** The longest wait that a server can ask for, in ms. */
const maxRetryAfterMs = 300_000;

/** How long the server of each source still wants no request (RFC 9110, 10.2.3, `Retry-After`). */
export interface RetryAfter {
  /**
   * The server asks for a wait of `ms` from now on. More than five minutes count as five; less than
   * what is left of an earlier wait, and what is no number, change nothing.
   */
  note: (source: string, ms: number) => void;
  /** What is left of the wait, in ms. */
  leftMs: (source: string) => number;
}

/** Creates the record of servers that have asked for nothing yet; `now` is in epoch ms. */
export function createRetryAfter(now: () => number): RetryAfter {
  const waits = new Map<string, readonly [sinceMs: number, ms: number]>();

  function leftMs(source: string): number {
    const [sinceMs, ms] = waits.get(source) ?? [0, 0];
    const passedMs = now() - sinceMs;
    // The clock was set back: nobody knows how much has passed, and waiting on might take hours.
    return passedMs < 0 ? 0 : Math.max(0, ms - passedMs);
  }

  return {
    note(source, ms) {
      if (ms > leftMs(source)) waits.set(source, [now(), Math.min(maxRetryAfterMs, ms)]);
    },
    leftMs,
  };
}

/** The range of the first delay, in ms. */
const firstRangeMs = 5_000;
/** The longest range, in ms. */
const maxRangeMs = 30_000;
/** By what each failure multiplies the range. */
const growth = 1.5;

/** How long to wait before the next attempt. */
export interface Backoff {
  /** The next delay in ms: a random part of a range that grows with each call. */
  nextDelayMs: () => number;
  /** Begins with the first range again, after something went well. */
  reset: () => void;
}

/**
 * Creates an exponential backoff with full jitter: clients that lost the same server at the same
 * moment come back spread over the whole range. (Brooker, "Exponential Backoff And Jitter", AWS
 * Architecture Blog, 2015.)
 */
export function createBackoff(random: () => number): Backoff {
  let rangeMs = firstRangeMs;
  return {
    nextDelayMs() {
      const delayMs = random() * rangeMs;
      rangeMs = Math.min(maxRangeMs, rangeMs * growth);
      return delayMs;
    },
    reset() {
      rangeMs = firstRangeMs;
    },
  };
}

/** Limits how often something is done. */
export interface Throttle {
  /** Acts at once. Calls that come within `ms` of that make it act once more, at the end of those. */
  call: () => void;
  /** Cancels what is still to be done. */
  stop: () => void;
}

/** Creates a throttle that has `act` called at most once every `ms` milliseconds. */
export function createThrottle(
  { after }: Pick<SyncEnvironment, "after">,
  ms: number,
  act: () => void,
): Throttle {
  let cancel: Cancel | undefined;
  let isWantedAgain = false;

  function call(): void {
    if (cancel) {
      isWantedAgain = true;
      return;
    }
    cancel = after(ms, () => {
      cancel = undefined;
      if (isWantedAgain) call();
    });
    isWantedAgain = false;
    act();
  }

  return { call, stop: () => cancel?.() };
}

/** How often the clock is read, in ms: how late a machine that slept notices it. */
const checkIntervalMs = 5_000;

/** Watches for a source that has fallen silent. */
export interface SilenceWatch {
  /** A sign of life has come: the silence begins anew. */
  reset: () => void;
  /** Looks at the clock now instead of at the next check. */
  check: () => void;
  stop: () => void;
}

/**
 * Calls `onSilence` after `silenceMs` without a reset, and again after as long. It reads the wall
 * clock, since timers stand still while a machine sleeps, and those hours count. Once that clock was
 * set back nobody knows how long the silence was, so it counts as too long. With `silenceMs` 0 it
 * never calls.
 */
export function startSilenceWatch(
  environment: SyncEnvironment,
  silenceMs: number,
  onSilence: () => void,
): SilenceWatch {
  if (silenceMs === 0) return { reset() {}, check() {}, stop() {} };
  let sinceMs = environment.now();
  let cancel: Cancel | undefined;

  function reset(): void {
    sinceMs = environment.now();
  }

  function check(): void {
    const silentMs = environment.now() - sinceMs;
    if (silentMs >= 0 && silentMs < silenceMs) return;
    reset();
    onSilence();
  }

  function scheduleCheck(): void {
    cancel = environment.after(Math.min(checkIntervalMs, silenceMs / 4), () => {
      scheduleCheck();
      check();
    });
  }

  scheduleCheck();
  return { reset, check, stop: () => cancel?.() };
}

/** How far apart two writes of updates are at least, in ms: about one frame of the screen. */
const frameMs = 16;

/** Gathers a burst of updates, so that it becomes one action and one render. */
export interface UpdateBatch {
  /** Adds a job, and the logical time at which its update came. */
  add: (job: Job, at: number) => void;
  /** Applies now what has been gathered. */
  flush: () => void;
  /** Forgets what has been gathered. */
  drop: () => void;
}

/**
 * Creates a batch that hands to `apply` what it gathered, in the order in which it came. An update
 * that comes alone waits for no more than what has arrived with it; those within a frame after it are
 * gathered.
 */
export function createUpdateBatch(
  environment: Pick<SyncEnvironment, "after">,
  apply: (jobs: readonly Job[], at: readonly number[]) => void,
): UpdateBatch {
  let jobs: Job[] = [];
  let times: number[] = [];
  let cancelNext: Cancel | undefined;

  function take(): readonly [jobs: readonly Job[], at: readonly number[]] {
    const taken = [jobs, times] as const;
    jobs = [];
    times = [];
    return taken;
  }

  function flush(): void {
    const [gathered, at] = take();
    if (gathered.length > 0) apply(gathered, at);
  }

  // Not by animation frames: the browser gives none while the page is hidden.
  function writeAfter(ms: number): void {
    cancelNext = environment.after(ms, () => {
      cancelNext = undefined;
      if (jobs.length === 0) return;
      writeAfter(frameMs);
      flush();
    });
  }

  function add(job: Job, at: number): void {
    jobs.push(job);
    times.push(at);
    if (!cancelNext) writeAfter(0);
  }

  function drop(): void {
    cancelNext?.();
    cancelNext = undefined;
    take();
  }

  return { add, flush, drop };
}
