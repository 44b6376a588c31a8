import type { ChannelLike } from "../../../../src/sync/environment.ts";
import { createNewestWords } from "./words.ts";

interface Channel extends ChannelLike {
  readonly owner: number;
  readonly listeners: ((event: { readonly data: unknown }) => void)[];
  isClosed: boolean;
}

interface Message {
  readonly from: number;
  readonly to: Channel;
  readonly data: unknown;
  readonly isInformed: boolean;
}

/** A message that has arrived. */
export interface Heard {
  readonly by: number;
  readonly data: unknown;
  /**
   * Whether its sender, as it wrote it, led and knew all that the server says, and whoever hears it
   * knows of no newer leader.
   */
  readonly isInformed: boolean;
}

/**
 * The BroadcastChannels of one browser. A message waits until the test delivers it; those from one
 * tab to another arrive in their order, all others in any.
 */
export interface FakeChannels {
  openIn: (tab: number) => ChannelLike;
  /** Delivers the next message from one tab to another; `false` if there is none. */
  deliver: (from: number, to: number) => boolean;
  /** The tab is gone without a word; what it has said before still arrives. */
  closeAll: (tab: number) => void;
  openCount: (tab: number) => number;
  /** What has arrived since this was last asked for. */
  takeHeard: () => Heard[];
}

/**
 * Creates channels; there is one name only, as all tabs are of one session. `isInformed` says of a
 * tab whether it leads and knows all that the server says, as it posts this.
 */
export function createFakeChannels(
  isInformed: (tab: number, data: unknown) => boolean,
): FakeChannels {
  const words = createNewestWords();
  let heard: Heard[] = [];
  let channels: Channel[] = [];
  let messages: Message[] = [];

  function close(channel: Channel): void {
    channel.isClosed = true;
    channels = channels.filter((it) => it !== channel);
    messages = messages.filter(({ to }) => to !== channel);
  }

  return {
    openIn(owner) {
      const channel: Channel = {
        owner,
        listeners: [],
        isClosed: false,
        postMessage(data) {
          if (channel.isClosed) throw new DOMException("closed", "InvalidStateError");
          const copy = structuredClone(data);
          const message = { from: owner, data: copy, isInformed: isInformed(owner, data) };
          words.note(owner, data);
          for (const to of channels) if (to !== channel) messages.push({ ...message, to });
        },
        addEventListener: (_, listener) => void channel.listeners.push(listener),
        close: () => close(channel),
      };
      channels.push(channel);
      return channel;
    },
    deliver(from, to) {
      const index = messages.findIndex((it) => it.from === from && it.to.owner === to);
      const [message] = index < 0 ? [] : messages.splice(index, 1);
      if (!message) return false;
      const counts = words.note(to, message.data) && message.isInformed;
      heard.push({ by: to, data: message.data, isInformed: counts });
      for (const listener of message.to.listeners) listener({ data: message.data });
      return true;
    },
    closeAll(tab) {
      for (const channel of channels.filter(({ owner }) => owner === tab)) close(channel);
    },
    takeHeard() {
      const taken = heard;
      heard = [];
      return taken;
    },
    openCount: (tab) => channels.filter(({ owner }) => owner === tab).length,
  };
}
