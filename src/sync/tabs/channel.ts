import { reporting, type ReportProblem } from "../../jobs/payload.ts";
import type { ChannelLike } from "../environment.ts";
import { parseTabMessage, type TabMessage } from "./messages.ts";

/** A channel that carries nothing but tab messages. */
export interface TabChannel {
  post: (message: TabMessage) => void;
  /** Nothing is taken after it, and nothing posted. */
  close: () => void;
}

/** What a channel needs, and who takes what comes over it. */
export interface TabChannelOptions {
  open: () => ChannelLike;
  /** The kinds whose jobs the tabs share. */
  kinds: ReadonlySet<string>;
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
  const { onMessage, onProblem, kinds } = options;
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

  function take(data: unknown): void {
    if (!channel) return;
    const message = reporting(() => parseTabMessage(data, kinds, onProblem), onProblem);
    if (message) onMessage(message);
  }

  function close(): void {
    channel?.close();
    channel = undefined;
  }

  attempt(() => {
    channel = options.open();
    channel.addEventListener("message", ({ data }) => take(data));
  });

  return {
    post(message) {
      attempt(() => channel?.postMessage(message));
    },
    close,
  };
}
