import { reporting, type ReportProblem } from "../jobs/wire.ts";
import type { ChannelLike } from "./environment.ts";
import { parseTabMessage, type TabMessage } from "./tabMessages.ts";

/** A channel that carries nothing but tab messages. */
export interface TabChannel {
  post: (message: TabMessage) => void;
  /** Nothing is heard after it, and nothing posted. */
  close: () => void;
}

/** Puts tab messages on a channel; what cannot be read goes to `onProblem`. */
export function openTabChannel(
  channel: ChannelLike,
  onMessage: (message: TabMessage) => void,
  onProblem: ReportProblem,
): TabChannel {
  let isClosed = false;

  channel.addEventListener("message", ({ data }) => {
    if (isClosed) return;
    const message = reporting(() => parseTabMessage(data, onProblem), onProblem);
    if (message) onMessage(message);
  });

  return {
    post(message) {
      if (!isClosed) channel.postMessage(message);
    },
    close() {
      isClosed = true;
      channel.close();
    },
  };
}
