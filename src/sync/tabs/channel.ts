import { reporting } from "../../jobs/payload.ts";
import type { ChannelLike } from "../environment.ts";
import { parseTabMessage, type TabMessage } from "./messages.ts";
import type { SharedSources } from "./sharedSources.ts";

/** A channel that carries nothing but tab messages. */
export interface TabChannel {
  post: (message: TabMessage) => void;
  /** After it nothing is received, and what is posted goes nowhere. */
  close: () => void;
}

/** Who is called by a channel. */
export interface TabChannelListeners {
  /** Called with each message that can be read. */
  onMessage: (message: TabMessage) => void;
  /** Called once, in a microtask, when the browser refuses the channel: this tab is on its own. */
  onBroken: () => void;
}

/**
 * Opens the channel of the tabs that share sources. Nothing throws: where the browser refuses the
 * channel (blocked storage, a page that is going away), what is posted goes nowhere. What cannot be
 * read of a message is reported and left out.
 */
export function openTabChannel(
  { tabs, name, kinds, report }: SharedSources,
  { onMessage, onBroken }: TabChannelListeners,
): TabChannel {
  const onProblem = (problem: Error) => report("other tabs", problem);
  let channel: ChannelLike | undefined;

  function attempt(access: () => void): void {
    try {
      access();
    } catch {
      // Not reported: no input was malformed, and the tab works as well without the others.
      close();
      // Later, since the caller of `post` has not finished its own work.
      queueMicrotask(onBroken);
    }
  }

  function receive(data: unknown): void {
    if (!channel) return;
    const message = reporting(() => parseTabMessage(data, kinds, onProblem), onProblem);
    if (message) onMessage(message);
  }

  function close(): void {
    channel?.close();
    channel = undefined;
  }

  attempt(() => {
    channel = tabs.openChannel(name);
    channel.addEventListener("message", ({ data }) => receive(data));
  });

  return {
    post(message) {
      attempt(() => channel?.postMessage(message));
    },
    close,
  };
}
