import type { Cancel } from "../sync/environment.ts";

/** Virtual time: nothing of it passes unless a test lets it. */
export interface FakeClock {
  /** Calls once after `ms` of virtual time. */
  after: (ms: number, callback: () => void) => Cancel;
  /** The wall clock, epoch ms. */
  now: () => number;
  /** Virtual time since the start, in ms: what timers go by, whatever the wall clock says. */
  elapsed: () => number;
  /** How many timers are waiting. */
  pending: () => number;
  /** How long until the next timer, in ms; `undefined` if there is none. */
  nextTimerMs: () => number | undefined;
  /** Moves time to the next timer that is due within `ms` and calls it; `false` if none is. */
  fireNext: (ms: number) => boolean;
  /** Moves time on without calling any timer. */
  skip: (ms: number) => void;
  /** Sets the wall clock on, or back if negative, while virtual time stands still. */
  jump: (ms: number) => void;
}

interface Timer {
  readonly dueAt: number;
  readonly callback: () => void;
}

/** Creates a clock that stands still; timers of one moment are called in the order they were set. */
export function createFakeClock(startAt: number): FakeClock {
  const timers = new Set<Timer>();
  let elapsed = 0;
  let wallOffset = startAt;

  function first(): Timer | undefined {
    let found: Timer | undefined;
    for (const timer of timers) if (!found || timer.dueAt < found.dueAt) found = timer;
    return found;
  }

  return {
    after(ms, callback) {
      const timer = { dueAt: elapsed + Math.max(0, ms), callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    now: () => wallOffset + elapsed,
    elapsed: () => elapsed,
    pending: () => timers.size,
    nextTimerMs() {
      const timer = first();
      return timer && timer.dueAt - elapsed;
    },
    fireNext(ms) {
      const timer = first();
      if (timer === undefined || timer.dueAt > elapsed + ms) return false;
      timers.delete(timer);
      elapsed = timer.dueAt;
      timer.callback();
      return true;
    },
    skip(ms) {
      elapsed += ms;
    },
    jump(ms) {
      wallOffset += ms;
    },
  };
}
