import type {
  Cancel,
  RestReason,
  SyncEnvironment,
  TabEnvironment,
  WakeReason,
} from "./environment.ts";

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
