import { createContext, createElement, type ReactNode, useContext } from "react";
import { useStore } from "zustand";
import { memoizeByObject } from "../../store/memoizeByObject.ts";
import { internalsOf } from "../../store/storeWriter.ts";
import {
  type ActivityState,
  type ActivityStore,
  activityStore,
} from "../../store/activityStore.ts";
import { type ActiveAction, selectActiveActions } from "../../store/selectors.ts";

const ActivityStoreContext = createContext<ActivityStore>(activityStore);

/** Props of {@link ActivityStoreProvider}. */
export interface ActivityStoreProviderProps {
  /** Any store that holds the activity slice. */
  store: ActivityStore;
  children?: ReactNode;
}

/** Gives the indicator and the hooks below it another store than the default `activityStore`. */
export function ActivityStoreProvider({ store, children }: ActivityStoreProviderProps) {
  return createElement(ActivityStoreContext.Provider, { value: store }, children);
}

/** The store that the nearest provider gives, or the default `activityStore`. */
export function useActivityStore(): ActivityStore {
  return withSureSubscribe(useContext(ActivityStoreContext));
}

// In a host's own store a subscriber that throws keeps those behind it from being called: what the
// indicator shows must not depend on that.
const withSureSubscribe = memoizeByObject((store: ActivityStore): ActivityStore => {
  const { onMissed } = internalsOf(store);
  return {
    ...store,
    subscribe(listener) {
      const cancels = [
        store.subscribe(listener),
        onMissed(() => listener(store.getState(), store.getState())),
      ];
      return () => cancels.forEach((cancel) => cancel());
    },
  };
});

/**
 * What `select` gives for the store's state; renders anew only when that changes. `select` must
 * return a primitive or something that is the same object for as long as it says the same.
 */
export function useActivity<Selected>(select: (state: ActivityState) => Selected): Selected {
  return useStore(useActivityStore(), select);
}

/** All requests in flight and active jobs, latest first. */
export function useActiveAsyncActions(): readonly ActiveAction[] {
  return useActivity(selectActiveActions);
}
