import type { Cancel, SyncEnvironment, TabEnvironment } from "./environment.ts";
import type { EvidenceSink } from "./evidenceSink.ts";
import type { RunningSources } from "./runningSources.ts";
import type { Sources } from "./sources.ts";

/** After how long in the background a tab gives its connection back, in ms. */
const hiddenGraceMs = 30_000;

/** What a tab on its own needs. */
export interface VisibleSyncOptions {
  environment: SyncEnvironment;
  tabs: TabEnvironment;
  sink: EvidenceSink;
  startSources: () => Sources;
}

/**
 * Runs the sources of one tab while it is visible. For browsers without locks, where tabs cannot
 * share: hidden ones must not hold the few connections that an origin has.
 */
export function startVisibleSync(options: VisibleSyncOptions): RunningSources {
  const { environment, tabs, sink } = options;
  let sources: Sources | undefined = options.startSources();
  let cancelPause: Cancel | undefined;

  function pause(): void {
    sources?.stop();
    sources = undefined;
    // Nothing is claimed to be live until it has been asked for anew.
    sink.status("runs", "connecting");
    sink.status("builds", "connecting");
  }

  function pauseLater(): void {
    cancelPause?.();
    cancelPause = environment.after(hiddenGraceMs, pause);
  }

  function resume(): void {
    cancelPause?.();
    sources ??= options.startSources();
  }

  const cancels = [
    tabs.onRest((reason) => (reason === "left" ? pause() : pauseLater())),
    environment.onWake((reason) => reason !== "online" && resume()),
  ];
  if (environment.isHidden()) pauseLater();

  return {
    refresh: () => sources?.refresh(),
    restart: () => sources?.restart(),
    stop() {
      for (const cancel of cancels) cancel();
      cancelPause?.();
      sources?.stop();
    },
    tellEnded() {},
  };
}
