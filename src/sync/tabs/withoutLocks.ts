import type { Cancel } from "../environment.ts";
import { setConnecting } from "../sources/sourceRunner.ts";
import { createSourceRunners, type SourceRunners } from "../sources/sourceRunners.ts";
import { createThrottle } from "../sources/timing.ts";
import { openTabChannel, type SharedSources, type TabChannel } from "./channel.ts";
import type { TabMessage } from "./messages.ts";

/** How long a hidden tab keeps its connections while no other tab is in view, in ms. */
const hiddenGraceMs = 30_000;
/** The shortest time between two starts, however often the tab is hidden and shown, in ms. */
const startIntervalMs = 1_000;

/**
 * Creates what runs the sources of one tab while it is visible. It is for browsers without locks, where
 * tabs cannot elect a leader: an origin has few connections (six over HTTP/1.1), so a hidden tab closes
 * its own at once while another tab is in view.
 */
export function createRunnersWithoutLocks(options: SharedSources): SourceRunners {
  const { environment, tabs, internals } = options;
  const starts = createThrottle(environment, startIntervalMs, () => {
    // It calls late: the tab may be hidden again.
    if (!sources && !environment.isHidden()) begin();
  });
  const cancels: Cancel[] = [];
  let sources: SourceRunners | undefined;
  let channel: TabChannel | undefined;
  let cancelPause: Cancel | undefined;
  let isStopped = false;

  function join(): void {
    // Where the channel is broken, a hidden tab still pauses after a time.
    channel ??= openTabChannel(options, { onMessage: take, onBroken() {} });
    if (environment.isHidden()) pauseLater();
    else channel.post({ type: "visible" });
  }

  function take({ type }: TabMessage): void {
    const isHidden = environment.isHidden();
    if (type === "hidden" && !isHidden) channel?.post({ type: "visible" });
    if (type === "visible" && isHidden) pause();
    if (type === "ended") options.onEnded();
  }

  function pause(): void {
    cancelPause?.();
    sources?.stop();
    sources = undefined;
    // Nobody keeps the jobs true any more, so they must not pass for live.
    setConnecting(internals, options.sources);
  }

  function pauseLater(): void {
    cancelPause?.();
    cancelPause = environment.after(hiddenGraceMs, pause);
    channel?.post({ type: "hidden" });
  }

  // The browser drops a page from the back/forward cache when a message comes on its open channel.
  function leave(): void {
    pause();
    channel?.close();
    channel = undefined;
  }

  function resume(): void {
    cancelPause?.();
    if (!sources) starts.call();
    // A store subscriber may have stopped the sync while the sources started.
    if (!isStopped) join();
  }

  function begin(): void {
    sources = createSourceRunners(options, options.sources);
    sources.start();
  }

  return {
    start() {
      begin();
      if (isStopped) return;
      cancels.push(
        tabs.onRest((reason) => (reason === "left" ? leave() : pauseLater())),
        environment.onWake((reason) => reason !== "online" && resume()),
      );
      resume();
    },
    refresh: () => sources?.refresh(),
    restart() {
      if (sources) sources.restart();
      else setConnecting(internals, options.sources, true);
    },
    stop() {
      isStopped = true;
      for (const cancel of cancels) cancel();
      cancelPause?.();
      starts.stop();
      sources?.stop();
      channel?.close();
    },
    sendEnded: () => channel?.post({ type: "ended" }),
  };
}
