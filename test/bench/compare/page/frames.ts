import { browserEnvironment, type SyncEnvironment } from "../../../../src/index.ts";

/** What waits no longer than this waits for a frame of the screen, in ms. */
const frameMs = 20;

/** Frames that pass when they are told to, so that waiting for one is no part of a figure. */
export interface Frames {
  /** The browser as sync's environment, in which the next frame is waited for in vain. */
  environment: SyncEnvironment;
  /** Has a frame pass. */
  pass: () => void;
}

/** Creates frames of which none has passed. */
export function createFrames(): Frames {
  const waiting = new Set<() => void>();
  return {
    environment: {
      ...browserEnvironment,
      after(ms, callback) {
        if (ms > frameMs) return browserEnvironment.after(ms, callback);
        waiting.add(callback);
        return () => void waiting.delete(callback);
      },
    },
    pass() {
      const due = [...waiting];
      waiting.clear();
      for (const callback of due) callback();
    },
  };
}
