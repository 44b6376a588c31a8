import { reporting } from "../../jobs/payload.ts";
import type { ChannelLike, TabEnvironment } from "../environment.ts";
import { parseTabMessage, type TabMessage } from "./messages.ts";
import type { ActivityStore } from "../../store/activityStore.ts";
import type { SourceHost } from "../sources/sourceRunner.ts";
import type { Source } from "../sources/source.ts";

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

/** The sources that tabs share, and what each tab runs or follows them in. */
export interface SharedSources extends SourceHost {
  store: Pick<ActivityStore, "getState">;
  tabs: TabEnvironment;
  /** The name of the lock and of the channel: tabs of one name share. */
  name: string;
  sources: readonly Source[];
  /** The names of the kinds whose jobs the sources keep true. */
  kinds: ReadonlySet<string>;
  /** Called when the session was ended in another tab; this one must stop. */
  onEnded: () => void;
}
