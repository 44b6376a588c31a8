import type { Cancel, SyncEnvironment } from "../environment.ts";

/** The longest that a server can ask to be left alone, in ms. */
const maxHeldMs = 300_000;

/** For how long a server wants to be left alone. It outlives its source's being started anew. */
export interface Pace {
  /** It asks for `ms` milliseconds from now on, of which five minutes are kept at the most. */
  hold: (ms: number) => void;
  /** How much of that is left, in ms. */
  heldMs: () => number;
}

/** Creates the pace of a server that has asked for nothing yet; `now` is in epoch ms. */
export function createPace(now: () => number): Pace {
  let askedMs = 0;
  let heldMs = 0;
  return {
    hold(ms) {
      askedMs = now();
      heldMs = Math.min(maxHeldMs, ms);
    },
    heldMs() {
      const agoMs = now() - askedMs;
      // A clock that was set back tells nothing of how long ago that was.
      return agoMs < 0 ? 0 : Math.max(0, heldMs - agoMs);
    },
  };
}

/** The range of the first delay, in ms. */
const firstRangeMs = 5_000;
/** The range never grows beyond this, in ms. */
const maxRangeMs = 30_000;
/** By how much the range grows with each failure. */
const growth = 1.5;

/** How long to wait before the next try. */
export interface Backoff {
  /** The next delay in ms: anywhere in a range that grows with each call. */
  nextDelayMs: () => number;
  /** Begins anew, after something went well. */
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

/** Something that may be called as often as one likes. */
export interface Throttle {
  call: () => void;
  stop: () => void;
}

/** Has `act` called at once, and for all calls within the next `ms` milliseconds once after them. */
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

/** How often the clock is read, in ms: how late a machine that slept finds that out. */
const checkIntervalMs = 5_000;

/** Watches for a source that has gone quiet. */
export interface SilenceWatch {
  /** Something came. */
  heard: () => void;
  /** Looks now instead of at the next check. */
  check: () => void;
  stop: () => void;
}

/**
 * Calls `onSilence` once nothing was heard for `silenceMs` of wall-clock time, and again after as
 * long. Read off the wall clock, so that the hours that a machine slept count. A clock that was
 * set back proves nothing, which counts as silence too. With `silenceMs` 0 it never calls.
 */
export function startSilenceWatch(
  environment: SyncEnvironment,
  silenceMs: number,
  onSilence: () => void,
): SilenceWatch {
  if (silenceMs === 0) return { heard() {}, check() {}, stop() {} };
  let heardAt = environment.now();
  let cancel: Cancel | undefined;

  function check(): void {
    const quietMs = environment.now() - heardAt;
    if (quietMs >= 0 && quietMs < silenceMs) return;
    heardAt = environment.now();
    onSilence();
  }

  function scheduleCheck(): void {
    cancel = environment.after(Math.min(checkIntervalMs, silenceMs / 4), () => {
      scheduleCheck();
      check();
    });
  }

  scheduleCheck();
  return {
    heard() {
      heardAt = environment.now();
    },
    check,
    stop: () => cancel?.(),
  };
}
