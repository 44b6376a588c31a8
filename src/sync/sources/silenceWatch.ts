import type { Cancel, SyncEnvironment } from "../environment.ts";

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
