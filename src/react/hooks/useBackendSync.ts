import { type RefObject, useEffect, useInsertionEffect, useRef } from "react";
import {
  type BackendSync,
  type BackendSyncOptions,
  startBackendSync,
  warn,
} from "../../sync/startBackendSync.ts";
import type { Cancel } from "../../sync/environment.ts";
import type { ActivityStore } from "../../store/activityStore.ts";
import { memoizeByObject } from "../../store/memoizeByObject.ts";
import { callHost } from "../../store/hostCode.ts";
import { useActivityStore } from "./useActivity.ts";

type Without<Options, Names extends PropertyKey> = Options extends unknown
  ? Omit<Options, Names>
  : never;

/**
 * Options of {@link useBackendSync}: those of `startBackendSync`, but for the store, which is the one
 * around the component. They are read when a sync starts; the functions are always the latest ones.
 */
export type UseBackendSyncOptions = Without<BackendSyncOptions, "store" | "session"> & {
  /**
   * Whose session it is, such as the login. `null`: nobody is signed in. `undefined`: not known yet,
   * or not for the moment; what runs goes on.
   */
  session: string | null | undefined;
};

/**
 * What a component can do with the sync that it runs. The first two do nothing while none runs;
 * `onEvent` listens to whichever sync runs until it is cancelled, for an effect of any component. All
 * three stay the same functions for as long as the sources stay the same.
 */
export type UsedBackendSync = Pick<BackendSync, "refresh" | "signOut" | "onEvent">;

/**
 * Runs a sync for as long as somebody is signed in and the component is mounted. Another session
 * ends the one before, and so do other sources: of another name, or under another address. All
 * components of a store that use it with the same sources run one sync, which goes on with the same
 * connections for as long as one of them is there: also where one takes the place of another, or is put
 * back at once, as StrictMode and hot reloading do.
 */
export function useBackendSync({ session, ...options }: UseBackendSyncOptions): UsedBackendSync {
  const store = useActivityStore();
  const { baseUrl, sources } = options;
  // Sources by what they are, since a host may make them anew at each render.
  const what = JSON.stringify([baseUrl, sources], ["name", "key"]);
  const shared = sharedSyncOf(store, what);
  const latest = useRef(options);
  // No layout effect: of those React 18 complains on a server.
  useInsertionEffect(() => {
    latest.current = options;
  });

  useEffect(() => shared.join(latest), [shared]);
  useEffect(() => {
    if (session !== undefined) shared.run(session, latest.current);
  }, [shared, session]);

  return shared.used;
}

/** A component's options, as it last gave them. */
type LatestOptions = RefObject<Without<UseBackendSyncOptions, "session">>;

type HostFunction = "fetch" | "openEventSource" | "onError" | "onUnauthorized";

type SharedSync = ReturnType<typeof createSharedSync>;

const syncsOf = memoizeByObject<ActivityStore, Map<string, SharedSync>>(() => new Map());

/** The sync of a store that follows these sources. */
function sharedSyncOf(store: ActivityStore, what: string): SharedSync {
  const syncs = syncsOf(store);
  const shared = syncs.get(what) ?? createSharedSync(store, syncs);
  syncs.set(what, shared);
  return shared;
}

function createSharedSync(
  store: ActivityStore,
  others: ReadonlyMap<unknown, { endUnused: () => void }>,
) {
  const users = new Set<LatestOptions>();
  /** What listens to the events of the sync that runs, and what ends that. */
  const listening = new Map<(sync: BackendSync) => Cancel, Cancel | undefined>();
  /** What runs, or is about to: a subscriber may end it in the middle of its start. */
  let running: { readonly session: string; sync?: BackendSync } | undefined;

  function end(): void {
    running?.sync?.stop();
    running = undefined;
  }

  /** What the components give by this name, by now maybe anew: a function may hold a token. */
  function given<Name extends HostFunction>(name: Name) {
    return [...users].flatMap(({ current }) => current[name] ?? []);
  }

  function endUnused(): void {
    if (users.size === 0) end();
  }

  const used: UsedBackendSync = {
    refresh: () => running?.sync?.refresh(),
    signOut() {
      running?.sync?.signOut();
      running = undefined;
    },
    // The effects of children run before those of the component that starts the sync.
    onEvent(...asked) {
      const listen = (sync: BackendSync) => sync.onEvent(...asked);
      listening.set(listen, running?.sync && listen(running.sync));
      return () => {
        listening.get(listen)?.();
        listening.delete(listen);
      };
    },
  };

  return {
    used,
    endUnused,
    run(session: string | null, options: LatestOptions["current"]): void {
      if (running?.session === session) return;
      end();
      if (session === null) return;
      // Those whose components this one takes the place of may follow the same kinds.
      for (const it of others.values()) it.endUnused();
      const { fetch, openEventSource } = options;
      const mine: typeof running = (running = { session });
      try {
        mine.sync = startBackendSync({
          ...options,
          store,
          session,
          fetch: fetch && ((...request) => (given("fetch")[0] ?? fetch)(...request)),
          openEventSource:
            openEventSource && ((url) => (given("openEventSource")[0] ?? openEventSource)(url)),
          onUnauthorized() {
            running = undefined;
            given("onUnauthorized").forEach(callHost);
          },
          onError(problem) {
            const asked = given("onError");
            for (const call of asked[0] ? asked : [warn]) callHost(() => call(problem));
          },
        });
      } finally {
        if (!mine.sync) running = undefined;
      }
      const { sync } = mine;
      if (running !== mine) return sync.stop();
      // One that asks for a source that is not there costs neither the others nor this component.
      for (const listen of listening.keys())
        listening.set(
          listen,
          callHost(() => listen(sync)),
        );
    },
    /** A component is mounted, until what it returns is called. */
    join(user: LatestOptions): () => void {
      users.add(user);
      return () => {
        users.delete(user);
        // React ends the effects of one commit before it begins others: one may take its place. A promise
        // and no timer, which a host's tests may hold.
        void Promise.resolve().then(endUnused);
      };
    },
  };
}
