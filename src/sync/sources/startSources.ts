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
  const stop = each((it) => it.stop());

  try {
    for (const source of sources) {
      const own: RunningSource = runSource(host, source, (lostAt) => {
        for (const other of running) if (other !== own) other.checkSince(lostAt);
      });
      running.push(own);
      if (signal.aborted) break;
    }
  } catch (error) {
    stop();
    internals.closeSources(sources.map(({ name }) => name));
    throw error;
  }
  if (signal.aborted) stop();
  return { refresh: each((it) => it.refresh()), restart: each((it) => it.restart()), stop };
}
