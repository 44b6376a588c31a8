/** Undoes what it was returned by. Safe to call twice. */
export type Cancel = () => void;

/**
 * Why the picture should be looked at again at once: the network is `online`, the page became
 * `visible`, or it was `restored` from the back/forward cache.
 */
export type WakeReason = "online" | "visible" | "restored";

/**
 * Why the page will do less from now on: it became `hidden`, or was `left`, for good or for the
 * back/forward cache.
 */
export type RestReason = "hidden" | "left";

/** What is used of an EventSource. */
export interface EventSourceLike {
  addEventListener: (type: string, listener: (event: { readonly data?: unknown }) => void) => void;
  close: () => void;
}

/** What is used of the Web Locks API. */
export type LockManagerLike = Pick<LockManager, "request">;

/** What is used of a BroadcastChannel. */
export interface ChannelLike {
  postMessage: (data: unknown) => void;
  addEventListener: (
    type: "message",
    listener: (event: { readonly data: unknown }) => void,
  ) => void;
  close: () => void;
}

/** What a tab needs of the browser to know of the other tabs. */
export interface TabEnvironment {
  /** Absent where the browser has none: outside of secure contexts. */
  readonly locks: LockManagerLike | undefined;
  /** May throw, as `postMessage` may: then this tab is on its own. */
  openChannel: (name: string) => ChannelLike;
  onRest: (listener: (reason: RestReason) => void) => Cancel;
}

/** What is used of a storage that belongs to one tab. */
export type StorageLike = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** All that sync needs of the world around it, so that a test can be that world. */
export interface SyncEnvironment {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  openEventSource: (url: string) => EventSourceLike;
  /** Calls once after `ms` milliseconds. */
  after: (ms: number, callback: () => void) => Cancel;
  /** Wall-clock time, epoch ms. */
  now: () => number;
  /** From 0 up to, not including, 1. */
  random: () => number;
  isHidden: () => boolean;
  onWake: (listener: (reason: WakeReason) => void) => Cancel;
  /** Absent where there is no more than one tab: in Node, say. */
  readonly tabs?: TabEnvironment | undefined;
  /** What a tab keeps through a reload of its page. Absent where there is no such thing. */
  readonly storage?: StorageLike | undefined;
}
