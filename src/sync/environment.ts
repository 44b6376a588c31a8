/** Undoes the call that returned it. Safe twice. */
export type Cancel = () => void;

/**
 * Why what is known may be out of date: the network is back (`online`), the page became `visible`, or
 * it was `restored` from the back/forward cache.
 */
export type WakeReason = "online" | "visible" | "restored";

/**
 * Why the page will do less from now on: it became `hidden`, or the user has `left` it, for good or
 * for the back/forward cache.
 */
export type RestReason = "hidden" | "left";

/** The part of an EventSource that sync uses. Listeners are called with the text of an event's data. */
export interface EventSourceLike {
  addEventListener: (type: string, listener: (event: { readonly data?: unknown }) => void) => void;
  close: () => void;
}

/** The part of the Web Locks API that sync uses. */
export type LockManagerLike = Pick<LockManager, "request">;

/** The part of a BroadcastChannel that sync uses. */
export interface ChannelLike {
  postMessage: (data: unknown) => void;
  addEventListener: (
    type: "message",
    listener: (event: { readonly data: unknown }) => void,
  ) => void;
  close: () => void;
}

/** What a tab needs of the browser to share sources with the other tabs. */
export interface TabEnvironment {
  /** Absent where the browser has none: outside of secure contexts. */
  readonly locks: LockManagerLike | undefined;
  /** Opens the channel of this name. It may throw, as `postMessage` may: then this tab is on its own. */
  openChannel: (name: string) => ChannelLike;
  /** Calls each time that the page is hidden or left. */
  onRest: (listener: (reason: RestReason) => void) => Cancel;
}

/** The part of a storage that sync uses. */
export type StorageLike = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** All that sync needs of the world around it. A test gives one of its own. */
export interface SyncEnvironment {
  /** Sends a request, as the browser's `fetch`. */
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Opens an event stream. What it throws at the start, `startBackendSync` throws. */
  openEventSource: (url: string) => EventSourceLike;
  /** Calls once after `ms` milliseconds. */
  after: (ms: number, callback: () => void) => Cancel;
  /** Wall-clock time, epoch ms. */
  now: () => number;
  /** A random number from 0 up to, not including, 1. */
  random: () => number;
  /** Whether the page is hidden. */
  isHidden: () => boolean;
  /** Calls each time that what is known may be out of date. */
  onWake: (listener: (reason: WakeReason) => void) => Cancel;
  /** Absent where there is no more than one tab: in Node, say. */
  readonly tabs?: TabEnvironment | undefined;
  /** Outlives a reload of the page, in this tab alone. Absent where there is no such thing. */
  readonly storage?: StorageLike | undefined;
  /** Outlives the tab, and is of all tabs. Absent where there is no such thing. */
  readonly sharedStorage?: StorageLike | undefined;
}

/**
 * The browser as sync's environment. It reads nothing of the browser before that is used, so that a
 * server can import it. Outside a browser `openEventSource` throws a TypeError, the page is never
 * hidden and never wakes, and there are no tabs and no storage.
 */
export const browserEnvironment: SyncEnvironment = {
  fetch: (url, init) => fetch(url, init),
  openEventSource(url) {
    if (typeof EventSource === "undefined") {
      throw new TypeError(
        "startBackendSync: there is no EventSource here; start it in a browser, or give " +
          "`openEventSource`",
      );
    }
    return new EventSource(url);
  },
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
  now: () => Date.now(),
  random: () => Math.random(),
  isHidden: () => typeof document !== "undefined" && document.visibilityState === "hidden",
  onWake,
  get tabs() {
    const isBrowser = typeof window !== "undefined" && typeof BroadcastChannel !== "undefined";
    return isBrowser ? browserTabs : undefined;
  },
  get storage() {
    return findStorage("sessionStorage");
  },
  get sharedStorage() {
    return findStorage("localStorage");
  },
};

function findStorage(name: "sessionStorage" | "localStorage"): StorageLike | undefined {
  try {
    return typeof window === "undefined" ? undefined : window[name];
  } catch {
    // The user's settings refuse it: nothing outlives a reload.
    return undefined;
  }
}

const browserTabs: TabEnvironment = {
  get locks() {
    // TypeScript's type has locks always; outside of secure contexts there are none.
    const { locks }: { locks?: LockManager } = navigator;
    return locks;
  },
  openChannel: (name) => new BroadcastChannel(name),
  onRest,
};

function onRest(listener: (reason: RestReason) => void): Cancel {
  if (typeof window === "undefined") return () => {};
  const abort = new AbortController();
  const { signal } = abort;
  window.addEventListener("pagehide", () => listener("left"), { signal });
  document.addEventListener(
    "visibilitychange",
    () => document.visibilityState === "hidden" && listener("hidden"),
    { signal },
  );
  return () => abort.abort();
}

function onWake(listener: (reason: WakeReason) => void): Cancel {
  if (typeof window === "undefined") return () => {};
  const abort = new AbortController();
  const { signal } = abort;
  window.addEventListener("online", () => listener("online"), { signal });
  window.addEventListener("pageshow", (event) => event.persisted && listener("restored"), {
    signal,
  });
  document.addEventListener(
    "visibilitychange",
    () => document.visibilityState === "visible" && listener("visible"),
    { signal },
  );
  return () => abort.abort();
}
