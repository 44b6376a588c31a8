import type { PayloadError } from "../../../src/jobs/payload.ts";
import type { ChannelLike } from "../../../src/sync/environment.ts";
import { parseTabMessage, type TabMessage } from "../../../src/sync/tabs/messages.ts";

/** The kinds that the tabs of the tests share. */
const sharedKinds = new Set(["build", "run"]);

/** The BroadcastChannels of one browser. A message waits until the test delivers it. */
export interface FakeChannels {
  open: (tab: string, name: string) => ChannelLike;
  /** Delivers the oldest message that waits for a tab; `false` if there is none. */
  deliver: (tab: string) => boolean;
  /** From now on a channel cannot be opened, as where the user has blocked a site's storage. */
  refuse: () => void;
  /** From now on whatever this tab posts throws. */
  breakOff: (tab: string, errorName: string) => void;
  /** What a tab says from now on is under way until `letGo`. */
  hold: (tab: string) => void;
  /** What a tab has said arrives from now on. */
  letGo: (tab: string) => void;
  /** Says something in the name of a tab that has none of our code. */
  say: (name: string, data: unknown) => void;
  /** The tab is gone: it hears nothing any more. */
  abandon: (tab: string) => void;
  /** The names of the channels that are open, by tab. */
  names: () => Record<string, string>;
  /** All that was ever said, in order. @throws PayloadError if some of it is no tab message */
  said: () => TabMessage[];
}

interface Channel {
  readonly tab: string;
  readonly name: string;
  readonly listeners: ((event: { readonly data: unknown }) => void)[];
}

interface Message {
  readonly from: string;
  readonly to: Channel;
  readonly data: unknown;
}

function refuse(problem: PayloadError): never {
  throw problem;
}

/** Creates channels that nobody has opened. */
export function createFakeChannels(): FakeChannels {
  const held = new Set<string>();
  const broken = new Map<string, string>();
  const said: unknown[] = [];
  let isRefusing = false;
  let channels: Channel[] = [];
  let messages: Message[] = [];

  function post(from: string, name: string, own: Channel | undefined, data: unknown): void {
    // As the browser does, which refuses what cannot be cloned.
    const copy: unknown = structuredClone(data);
    said.push(copy);
    for (const to of channels)
      if (to !== own && to.name === name) messages.push({ from, to, data: copy });
  }

  function shut(closing: (channel: Channel) => boolean): void {
    channels = channels.filter((channel) => !closing(channel));
    messages = messages.filter(({ to }) => !closing(to));
  }

  return {
    open(tab, name) {
      if (isRefusing) throw new DOMException("denied in this context", "SecurityError");
      const own: Channel = { tab, name, listeners: [] };
      channels.push(own);
      return {
        postMessage(data) {
          const error = broken.get(tab);
          if (error !== undefined) throw new DOMException("the channel is broken", error);
          if (!channels.includes(own)) throw new DOMException("closed", "InvalidStateError");
          post(tab, name, own, data);
        },
        addEventListener: (_, listener) => void own.listeners.push(listener),
        close: () => shut((channel) => channel === own),
      };
    },
    deliver(tab) {
      const message = messages.find(({ from, to }) => to.tab === tab && !held.has(from));
      if (!message) return false;
      messages = messages.filter((it) => it !== message);
      for (const listener of message.to.listeners) listener({ data: message.data });
      return true;
    },
    refuse() {
      isRefusing = true;
    },
    breakOff: (tab, errorName) => void broken.set(tab, errorName),
    hold: (tab) => void held.add(tab),
    letGo: (tab) => void held.delete(tab),
    say: (name, data) => post("nobody", name, undefined, data),
    abandon: (tab) => shut((channel) => channel.tab === tab),
    names: () => Object.fromEntries(channels.map(({ tab, name }) => [tab, name])),
    said: () => said.map((data) => parseTabMessage(data, sharedKinds, refuse)),
  };
}
