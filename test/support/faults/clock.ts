import type { Cancel } from "../../../src/sync/environment.ts";
import { createFakeClock } from "../../../src/testing/clock.ts";

/** The time that a sync and the server it talks to live in. */
export interface FaultClock {
  /** In ms, since some moment. */
  elapsed: () => number;
  after: (ms: number, callback: () => void) => Cancel;
}

/** Real time. */
export const realClock: FaultClock = {
  elapsed: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** How often time moves on, in ms of real time. */
const tickMs = 3;
/** At most so much of real time is taken for passed between two ticks, in ms. */
const longestTickMs = 10;

/**
 * Starts a clock that runs `speed` times as fast as real time, and that stands still while this
 * process is kept from running: what a busy machine adds to any time is no fault of the sync.
 */
export function startPacedClock(speed: number): FaultClock & { stop: () => void } {
  const clock = createFakeClock(0);
  let tickedAt = performance.now();

  function tick(): void {
    const now = performance.now();
    const until = clock.elapsed() + Math.min(now - tickedAt, longestTickMs) * speed;
    tickedAt = now;
    while (clock.fireNext(until - clock.elapsed()));
    clock.skip(until - clock.elapsed());
  }

  const interval = setInterval(tick, tickMs);
  return { elapsed: clock.elapsed, after: clock.after, stop: () => clearInterval(interval) };
}
