import type { PayloadError } from "../jobs/PayloadError.ts";
import type { SyncEnvironment } from "./environment.ts";
import type { ProblemReporter } from "./problemReporter.ts";
import { type RunningSource, runSource, type SourceStore } from "./sources/runSource.ts";
import type { Source } from "./sources/source.ts";

/** What the sources are, and where they write to. */
export interface SourcesOptions {
  environment: SyncEnvironment;
  store: SourceStore;
  sources: readonly Source[];
  report: ProblemReporter;
  onUnauthorized: () => void;
}

/** The sources as they run. */
export interface Sources {
  /** Has each look at once whether what is known is still true. */
  refresh: () => void;
  /** Begins them anew, with nothing known. */
  restart: () => void;
  stop: () => void;
}

/** Starts all sources; one that is back has the others checked, which may have missed as much. */
export function startSources({ sources, report, ...options }: SourcesOptions): Sources {
  const running: RunningSource[] = [];
  const each = (act: (source: RunningSource) => void) => () => running.forEach((it) => act(it));
  const stop = each((it) => it.stop());

  try {
    for (const source of sources) {
      const own: RunningSource = runSource({
        ...options,
        source,
        report: (problem: PayloadError) => report(source.name, problem),
        onBack: (lostAt) => {
          for (const other of running) if (other !== own) other.checkSince(lostAt);
        },
      });
      running.push(own);
    }
  } catch (error) {
    stop();
    for (const { name } of sources) options.store.getState().setConnectionStatus(name, "off");
    throw error;
  }
  return { refresh: each((it) => it.refresh()), restart: each((it) => it.restart()), stop };
}
