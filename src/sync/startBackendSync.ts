import { createStoreSink } from "./evidenceSink.ts";
import { createProblemReporter } from "./problemReporter.ts";
import { startSources } from "./sources.ts";
import { type BackendSyncOptions, completeSyncOptions } from "./syncOptions.ts";

/** A running sync. */
export interface BackendSync {
  /** Polls the builds at once. */
  refresh: () => void;
  /**
   * Ends it for good: every connection and timer is gone, nothing late writes, and the jobs are
   * removed from the store while request actions stay. Safe twice.
   */
  stop: () => void;
}

/**
 * Keeps the store's jobs true: owns the stream of runs and the poll of builds, from now until
 * `stop`. Start it when the user is signed in, stop it when they are not.
 *
 * @throws TypeError for an option that cannot be used
 */
export function startBackendSync(options: BackendSyncOptions): BackendSync {
  const { store, environment, onError, onUnauthorized, ...rest } = completeSyncOptions(options);
  const sink = createStoreSink(store);
  let isStopped = false;

  const report = createProblemReporter((source, problem) => {
    sink.error(source, problem.message);
    // On its own, so that what a host's callback throws costs no evidence.
    queueMicrotask(() => onError(problem));
  });

  const sources = startSources({
    ...rest,
    environment,
    sink,
    report,
    onUnauthorized() {
      stop();
      onUnauthorized();
    },
  });

  function stop(): void {
    if (isStopped) return;
    isStopped = true;
    sources.stop();
    store.getState().clearBackendJobs();
    sink.status("runs", "off");
    sink.status("builds", "off");
  }

  return { refresh: sources.refresh, stop };
}
