import { createSourceRunner, type SourceHost, type SourceRunner } from "./sourceRunner.ts";
import type { Source } from "./source.ts";

/**
 * Runs sources, in this tab or in another one. Whoever starts it has it before: a store subscriber may
 * stop the sync, or reset the store, in the middle of the start.
 */
export interface SourceRunners extends Omit<SourceRunner, "checkSince"> {
  /** Lets the other tabs know that the session has ended; absent where none shares it. */
  sendEnded?: () => void;
}

/**
 * Creates what runs sources in this tab. When one is back after a loss, the others are checked too:
 * what broke the one connection may have broken theirs unnoticed.
 */
export function createSourceRunners(host: SourceHost, sources: readonly Source[]): SourceRunners {
  const runners: SourceRunner[] = [];
  const each = (act: (runner: SourceRunner) => void) => () => runners.forEach((it) => act(it));
  const stopAll = each((it) => it.stop());
  let isStopped = false;

  function stop(): void {
    isStopped = true;
    stopAll();
  }

  return {
    start() {
      try {
        for (const source of sources) {
          const runner: SourceRunner = createSourceRunner(host, source, (lostAt) => {
            for (const other of runners) if (other !== runner) other.checkSince(lostAt);
          });
          runners.push(runner);
          runner.start();
          if (isStopped) return;
        }
      } catch (error) {
        stop();
        host.internals.closeSources(sources.map(({ name }) => name));
        throw error;
      }
    },
    refresh: each((it) => it.refresh()),
    restart: each((it) => it.restart()),
    stop,
  };
}
