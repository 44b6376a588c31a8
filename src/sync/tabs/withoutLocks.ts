import type { Cancel } from "../environment.ts";
import type { Sources } from "../sources/startSources.ts";
import { openTabChannel, type TabChannel } from "./channel.ts";
import type { TabMessage } from "./messages.ts";
import { type RunningSources, sayConnecting, type SharedSources } from "./sharedSources.ts";

/** After how long in the background a tab gives its connection back if no other is in view, in ms. */
const hiddenGraceMs = 30_000;

/**
 * Runs the sources of one tab while it is visible. For browsers without locks, where tabs cannot
 * share: hidden ones must not hold the few connections that an origin has (six over HTTP/1.1), so
 * they give theirs back at once while another one is in view.
 */
export function startWithoutLocks(options: SharedSources): RunningSources {
  const { environment, tabs } = options;
  let sources: Sources | undefined;
  let isStopped = false;
  let channel: TabChannel | undefined;
  let cancelPause: Cancel | undefined;

  function join(): void {
    channel ??= openTabChannel({
      open: () => tabs.openChannel(options.name),
      kinds: options.kinds,
      onMessage: take,
      onProblem: options.onProblem,
      // Without a word from the others there is still the pause by time.
      onBroken() {},
    });
    if (environment.isHidden()) pauseLater();
    else channel?.post({ type: "visible" });
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
    // Nothing is claimed to be live until it has been asked for anew.
    sayConnecting(options);
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
    if (!sources) start();
    join();
  }

  function start(): void {
    const started = options.startSources();
    // A store subscriber may have stopped the sync meanwhile.
    if (isStopped) started.stop();
    else sources = started;
  }

  const cancels = [
    tabs.onRest((reason) => (reason === "left" ? leave() : pauseLater())),
    environment.onWake((reason) => reason !== "online" && resume()),
  ];
  start();
  join();
  return {
    refresh: () => sources?.refresh(),
    restart() {
      if (sources) sources.restart();
      else sayConnecting(options, true);
    },
    stop() {
      isStopped = true;
      for (const cancel of cancels) cancel();
      cancelPause?.();
      sources?.stop();
      channel?.close();
    },
    sendEnded: () => channel?.post({ type: "ended" }),
  };
}
