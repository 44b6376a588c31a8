const firstRangeMs = 5_000;
const growth = 1.5;
const maxRangeMs = 30_000;

/**
 * The longest that the backoff as stated may wait after so many failures in a row: anything up to
 * 5 s after the first, up to half as much more after each further one, up to 30 s.
 */
export function longestDelayMs(failures: number): number {
  return Math.min(maxRangeMs, firstRangeMs * growth ** (failures - 1));
}
