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
