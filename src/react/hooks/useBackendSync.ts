import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import {
  type BackendSync,
  type BackendSyncOptions,
  startBackendSync,
} from "../../sync/startBackendSync.ts";
import type { Cancel } from "../../sync/environment.ts";
import type { ActivityStore } from "../../store/activityStore.ts";
import { useActivityStore } from "./useActivity.ts";

type Without<Options, Names extends PropertyKey> = Options extends unknown
  ? Omit<Options, Names>
  : never;

/**
 * Options of {@link useBackendSync}: those of `startBackendSync`, but for the store, which is the one
 * around the component. They are read when a sync starts; the callbacks are always the latest ones.
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
 * three stay the same functions.
 */
export type UsedBackendSync = Pick<BackendSync, "refresh" | "signOut" | "onEvent">;

/**
 * Runs a sync for as long as somebody is signed in and the component is mounted. Another session
 * ends the one before. A component that is taken away and put back at once, as StrictMode and hot
 * reloading do, goes on with the same connections.
 */
export function useBackendSync({ session, ...options }: UseBackendSyncOptions): UsedBackendSync {
  const store = useActivityStore();
  const latest = useRef(options);
  useLayoutEffect(() => {
    latest.current = options;
  });
  const [holder] = useState(createHolder);

  useEffect(() => {
    if (session === undefined) return;
    holder.run(store, session, (login, onEnded) =>
      startBackendSync({
        ...latest.current,
        store,
        session: login,
        onUnauthorized() {
          onEnded();
          latest.current.onUnauthorized?.();
        },
        ...(latest.current.onError && {
          onError: (problem) => latest.current.onError?.(problem),
        }),
      }),
    );
  }, [holder, session, store]);
  useEffect(() => holder.mount(), [holder]);

  return {
    refresh: useCallback(() => holder.current()?.refresh(), [holder]),
    signOut: useCallback(() => holder.signOut(), [holder]),
    onEvent: useCallback((...given) => holder.onEvent(...given), [holder]),
  };
}

type Start = (session: string, onEnded: () => void) => BackendSync;

interface Running {
  readonly store: ActivityStore;
  readonly session: string;
  readonly sync: BackendSync;
}

/** A listener of `onEvent`, and what it is called by in the sync that runs. */
interface Listening {
  readonly begin: (sync: BackendSync) => Cancel;
  cancel?: Cancel | undefined;
}

function createHolder() {
  const listening = new Set<Listening>();
  let running: Running | undefined;
  let ending: ReturnType<typeof setTimeout> | undefined;

  function forget(): void {
    running = undefined;
  }

  function end(): void {
    running?.sync.stop();
    forget();
  }

  return {
    run(store: ActivityStore, session: string | null, start: Start): void {
      if (running?.session === session && running.store === store) return;
      end();
      if (session === null) return;
      const sync = start(session, forget);
      running = { store, session, sync };
      for (const it of listening) it.cancel = it.begin(sync);
    },
    // The effects of children run before those of the component that starts the sync.
    onEvent(...given: Parameters<BackendSync["onEvent"]>): Cancel {
      const it: Listening = { begin: (sync) => sync.onEvent(...given) };
      if (running) it.cancel = it.begin(running.sync);
      listening.add(it);
      return () => {
        it.cancel?.();
        listening.delete(it);
      };
    },
    current: () => running?.sync,
    signOut(): void {
      running?.sync.signOut();
      forget();
    },
    mount() {
      clearTimeout(ending);
      return () => {
        // Only if it is not mounted again at once.
        ending = setTimeout(end);
      };
    },
  };
}
