import { type RunningSource, runSource, type SourceHost } from "./runSource.ts";
import type { Source } from "./source.ts";

/** Sources that run, in this tab or in another one. */
export interface RunningSources extends Omit<RunningSource, "checkSince"> {
  /** Lets the other tabs know that the session has ended; absent where none shares it. */
  sendEnded?: () => void;
}

/**
 * Starts all sources. When one is back after a loss, the others are checked too: what broke the one
 * connection may have broken theirs unnoticed.
 */
export function startSources(host: SourceHost, sources: readonly Source[]): RunningSources {
  const { signal, internals } = host;
  const running: RunningSource[] = [];
  const each = (act: (source: RunningSource) => void) => () => running.forEach((it) => act(it));
  const restart = each((it) => it.restart());
  const stop = each((it) => it.stop());
  let wasReset = false;
  const stopNoticing = internals.onReset(() => {
    wasReset = true;
  });

  try {
    for (const source of sources) {
      // By its place, since a source may be lost and back before its start has returned.
      const place = running.length;
      const checkOthers = (lostAt: number) =>
        running.forEach((it, index) => index !== place && it.checkSince(lostAt));
      running.push(runSource(host, source, checkOthers));
      if (signal.aborted) break;
    }
  } catch (error) {
    stop();
    internals.closeSources(sources.map(({ name }) => name));
    throw error;
  } finally {
    stopNoticing();
  }
  if (signal.aborted) stop();
  // A store subscriber has reset the store, and the caller could not restart what it did not have yet.
  else if (wasReset) restart();
  return { refresh: each((it) => it.refresh()), restart, stop };
}
