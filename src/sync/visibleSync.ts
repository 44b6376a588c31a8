import type { ReportProblem } from "../jobs/wire.ts";
import type { Cancel, SyncEnvironment, TabEnvironment } from "./environment.ts";
import type { EvidenceSink } from "./evidenceSink.ts";
import type { RunningSources } from "./runningSources.ts";
import type { Sources } from "./sources.ts";
import { openTabChannel, type TabChannel } from "./tabChannel.ts";
import type { TabMessage } from "./tabMessages.ts";

/** After how long in the background a tab gives its connection back if no other is in view, in ms. */
const hiddenGraceMs = 30_000;

/** What a tab on its own needs. */
export interface VisibleSyncOptions {
  environment: SyncEnvironment;
  tabs: TabEnvironment;
  /** Tabs of one name speak with each other; the channel is called so. */
  name: string;
  sink: EvidenceSink;
  startSources: () => Sources;
  /** The session was ended in another tab; this one must stop. */
  onEnded: () => void;
  onProblem: ReportProblem;
}

/**
 * Runs the sources of one tab while it is visible. For browsers without locks, where tabs cannot
 * share: hidden ones must not hold the few connections that an origin has (six over HTTP/1.1), so
 * they give theirs back at once while another one is in view.
 */
export function startVisibleSync(options: VisibleSyncOptions): RunningSources {
  const { environment, tabs, sink } = options;
  let sources: Sources | undefined = options.startSources();
  let channel: TabChannel | undefined;
  let cancelPause: Cancel | undefined;

  function join(): void {
    channel ??= openTabChannel({
      open: () => tabs.openChannel(options.name),
      onMessage: hear,
      onProblem: options.onProblem,
      // Without the others' word there is still the pause by time.
      onBroken() {},
    });
    if (environment.isHidden()) pauseLater();
    else channel.post({ type: "visible" });
  }

  function hear({ type }: TabMessage): void {
    const isHidden = environment.isHidden();
    if (type === "hidden" && !isHidden) channel?.post({ type: "visible" });
    if (type === "visible" && isHidden) pause();
    if (type === "ended") options.onEnded();
  }

  function pause(): void {
    cancelPause?.();
    sources?.stop();
    sources = undefined;
    // Nothing is claimed to be live until it has been asked for anew.
    sink.status("runs", "connecting");
    sink.status("builds", "connecting");
  }

  function pauseLater(): void {
    cancelPause?.();
    cancelPause = environment.after(hiddenGraceMs, pause);
    channel?.post({ type: "hidden" });
  }

  // A page with an open channel that somebody speaks on does not stay in the back/forward cache.
  function leave(): void {
    pause();
    channel?.close();
    channel = undefined;
  }

  function resume(): void {
    cancelPause?.();
    sources ??= options.startSources();
    join();
  }

  const cancels = [
    tabs.onRest((reason) => (reason === "left" ? leave() : pauseLater())),
    environment.onWake((reason) => reason !== "online" && resume()),
  ];
  join();

  return {
    refresh: () => sources?.refresh(),
    restart: () => sources?.restart(),
    stop() {
      for (const cancel of cancels) cancel();
      cancelPause?.();
      sources?.stop();
      channel?.close();
    },
    tellEnded: () => channel?.post({ type: "ended" }),
  };
}
