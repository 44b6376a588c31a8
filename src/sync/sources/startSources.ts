import type { ActivityStore } from "../../store/activityStore.ts";
import type { ActivityInternals } from "../../store/storeWriter.ts";
import type { SyncEnvironment } from "../environment.ts";
import { createPace, type Pace } from "./timing.ts";
import { type RunningSource, runSource } from "./runSource.ts";
import type { Source } from "./source.ts";

/** Takes what was malformed, and where it came from. */
export type ReportOf = (from: string, problem: Error) => void;

/** What the sources are, and where they write to. */
export interface SourcesOptions {
  environment: SyncEnvironment;
  store: Pick<ActivityStore, "getState">;
  internals: ActivityInternals;
  sources: readonly Source[];
  /** By source name: it outlives a start, so that a server that asked to be left alone is. */
  paces: Map<string, Pace>;
  /** Aborts when the sync has stopped: a store subscriber may do that in the middle of a start. */
  signal: AbortSignal;
  report: ReportOf;
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
export function startSources(given: SourcesOptions): Sources {
  const { sources, report, paces, signal, ...options } = given;
  const running: RunningSource[] = [];
  const each = (act: (source: RunningSource) => void) => () => running.forEach((it) => act(it));
  const stop = each((it) => it.stop());

  function paceOf(name: string): Pace {
    const pace = paces.get(name) ?? createPace(options.environment.now);
    paces.set(name, pace);
    return pace;
  }

  try {
    for (const source of sources) {
      const own: RunningSource = runSource({
        ...options,
        source,
        pace: paceOf(source.name),
        report: (problem) => report(source.name, problem),
        onBack: (lostAt) => {
          for (const other of running) if (other !== own) other.checkSince(lostAt);
        },
      });
      running.push(own);
      if (signal.aborted) break;
    }
  } catch (error) {
    stop();
    options.internals.closeSources(sources.map(({ name }) => name));
    throw error;
  }
  if (signal.aborted) stop();
  return { refresh: each((it) => it.refresh()), restart: each((it) => it.restart()), stop };
}
