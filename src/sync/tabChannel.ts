import { PayloadError } from "../jobs/PayloadError.ts";
import type { ChannelLike } from "./environment.ts";
import { parseTabMessage, type TabMessage } from "./tabMessages.ts";

/** A channel that carries nothing but tab messages. */
export interface TabChannel {
  post: (message: TabMessage) => void;
  /** Nothing is heard after it, and nothing posted. */
  close: () => void;
}

/** Puts tab messages on a channel; what is none goes to `onProblem` and no further. */
export function openTabChannel(
  channel: ChannelLike,
  onMessage: (message: TabMessage) => void,
  onProblem: (problem: PayloadError) => void,
): TabChannel {
  let isClosed = false;

  channel.addEventListener("message", ({ data }) => {
    if (isClosed) return;
    try {
      onMessage(parseTabMessage(data));
    } catch (problem) {
      if (!(problem instanceof PayloadError)) throw problem;
      onProblem(problem);
    }
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
