import { writerOf } from "../store/storeWriter.ts";
import { callHost } from "../store/hostCode.ts";
import { createStoreSink, type EvidenceSink } from "./evidenceSink.ts";
import { createProblemReporter, type ProblemReporter } from "./problemReporter.ts";
import type { RunningSources } from "./runningSources.ts";
import { type NewsMemory, type NewsMemoryOptions, startNewsMemory } from "./newsMemory.ts";
import { startSharedSync } from "./sharedSync.ts";
import { buildsAndRuns } from "./sources/buildsAndRuns.ts";
import { type Sources, startSources } from "./sources.ts";
import { type BackendSyncOptions, completeSyncOptions } from "./syncOptions.ts";
import { protocolVersion } from "./tabMessages.ts";
import { startVisibleSync, type VisibleSyncOptions } from "./visibleSync.ts";

/** A running sync. */
export interface BackendSync {
  /** Polls the builds at once. */
  refresh: () => void;
  /**
   * Ends it for good: every connection and timer is gone, nothing late writes, and the jobs are
   * removed from the store while request actions stay. Safe twice.
   */
  stop: () => void;
  /** Stops because the user has signed out: the other tabs of the session stop too. */
  signOut: () => void;
}

/**
 * Keeps the store's jobs true, from now until `stop`: owns the stream of runs and the poll of
 * builds, one of each for all tabs of a browser. Start it when the user is signed in, stop it when
 * they are not.
 *
 * @throws TypeError for an option that cannot be used
 */
export function startBackendSync(options: BackendSyncOptions): BackendSync {
  const complete = completeSyncOptions(options);
  const { store, onError, onUnauthorized } = complete;
  const sink = createStoreSink(store);
  const writer = writerOf(store.getState());
  let isStopped = false;

  const report = createProblemReporter((source, problem) => {
    sink.error(source, problem.message);
    // On its own, so that what a host's callback throws costs no evidence.
    queueMicrotask(() => onError(problem));
  });

  function end(): void {
    if (isStopped) return;
    stop();
    callHost(onUnauthorized);
  }

  writer.check();
  const memory = startMemory(complete, (problem) => report("builds", problem));
  const running = startRunning(complete, sink, report, (isKnownElsewhere) => {
    if (!isKnownElsewhere && !isStopped) running.tellEnded();
    end();
  });
  // A host that resets its store, or brings back what another page knew, leaves nothing true in it.
  const cancels = [
    store.subscribe(writer.check),
    writer.onReset(running.restart),
    store.getState().onHintProblem((problem) => report("builds", problem)),
  ];

  function stop(): void {
    if (isStopped) return;
    isStopped = true;
    for (const cancel of cancels) cancel();
    running.stop();
    memory?.forget();
    store.getState().clearBackendJobs();
    sink.status("runs", "off");
    sink.status("builds", "off");
  }

  return {
    refresh: running.refresh,
    stop,
    signOut() {
      if (!isStopped) running.tellEnded();
      stop();
    },
  };
}

type Complete = ReturnType<typeof completeSyncOptions>;

function startMemory(
  { environment, store, ...options }: Complete,
  onProblem: NewsMemoryOptions["onProblem"],
): NewsMemory | undefined {
  const { storage, tabs } = environment;
  return (
    storage && tabs && startNewsMemory({ storage, tabs, store, name: nameOf(options), onProblem })
  );
}

// What is of one session on one backend, by the version of what is said of it.
function nameOf({ baseUrl, session }: Pick<Complete, "baseUrl" | "session">): string {
  return JSON.stringify(["active-indicator", protocolVersion, baseUrl, session]);
}

/** Starts what suits the browser: shared by its tabs, while visible, or simply in this tab. */
function startRunning(
  options: Complete,
  sink: EvidenceSink,
  report: ProblemReporter,
  onEnded: (isKnownElsewhere: boolean) => void,
): RunningSources {
  const { environment, store } = options;
  const { tabs } = environment;
  const sources = buildsAndRuns(options);
  const start = () =>
    startSources({ environment, store, sources, report, onUnauthorized: () => onEnded(false) });

  if (!options.shareAcrossTabs || !tabs) return alone(start());
  const withTabs: VisibleSyncOptions = {
    environment,
    tabs,
    name: nameOf(options),
    sink,
    startSources: start,
    onEnded: () => onEnded(true),
    onProblem: (problem) => report("runs", problem),
  };
  const { locks } = tabs;
  return locks ? startSharedSync({ ...withTabs, locks, store }) : startVisibleSync(withTabs);
}

function alone(sources: Sources): RunningSources {
  return { ...sources, tellEnded() {} };
}
