import { reporting, type ReportProblem } from "../jobs/wire.ts";
import type { ChannelLike } from "./environment.ts";
import { parseTabMessage, type TabMessage } from "./tabMessages.ts";

/** A channel that carries nothing but tab messages. */
export interface TabChannel {
  post: (message: TabMessage) => void;
  /** Nothing is heard after it, and nothing posted. */
  close: () => void;
}

/** What a channel needs, and who hears of what comes over it. */
export interface TabChannelOptions {
  open: () => ChannelLike;
  onMessage: (message: TabMessage) => void;
  /** Takes what is no message, or of a message what cannot be read; it goes no further. */
  onProblem: ReportProblem;
  /** The browser refuses the channel: this tab is on its own. Called once, and not at once. */
  onBroken: () => void;
}

/**
 * Puts tab messages on a channel. Nothing throws: a browser may refuse the channel (blocked
 * storage, a page that is going away), and then what is posted goes nowhere.
 */
export function openTabChannel(options: TabChannelOptions): TabChannel {
  const { onMessage, onProblem } = options;
  let channel: ChannelLike | undefined;

  function attempt(access: () => void): void {
    try {
      access();
    } catch {
      // Not reported: nothing that came was wrong, and the tab does as well without the others.
      close();
      // Later, since whoever posts is in the middle of something.
      queueMicrotask(options.onBroken);
    }
  }

  function hear(data: unknown): void {
    if (!channel) return;
    const message = reporting(() => parseTabMessage(data, onProblem), onProblem);
    if (message) onMessage(message);
  }

  function close(): void {
    channel?.close();
    channel = undefined;
  }

  attempt(() => {
    channel = options.open();
    channel.addEventListener("message", ({ data }) => hear(data));
  });

  return {
    post(message) {
      attempt(() => channel?.postMessage(message));
    },
    close,
  };
}
