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
