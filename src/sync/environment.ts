/** Undoes what it was returned by. Safe to call twice. */
export type Cancel = () => void;

/**
 * Why the picture should be looked at again at once: the network is `online`, the page became
 * `visible`, or it was `restored` from the back/forward cache.
 */
export type WakeReason = "online" | "visible" | "restored";

/** What is used of an EventSource. */
export interface EventSourceLike {
  addEventListener: (type: string, listener: (event: { readonly data?: unknown }) => void) => void;
  close: () => void;
}

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
}
