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

/**
 * The browser as sync's environment. Nothing is touched before it is used, so that a server can
 * import it; outside a browser what is missing there simply never happens.
 */
export const browserEnvironment: SyncEnvironment = {
  fetch: (url, init) => fetch(url, init),
  openEventSource(url) {
    if (typeof EventSource === "undefined") {
      throw new TypeError(
        "startBackendSync: there is no EventSource here; start it in a browser, or give an " +
          "`environment` whose openEventSource makes one",
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
    try {
      return typeof window === "undefined" ? undefined : window.sessionStorage;
    } catch {
      // Refused by the user's settings: then nothing outlives a reload.
      return undefined;
    }
  },
};

const browserTabs: TabEnvironment = {
  get locks() {
    // The type says that there always are locks; outside of secure contexts there are none.
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
