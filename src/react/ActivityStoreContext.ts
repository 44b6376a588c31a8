import { createContext, createElement, type ReactNode, useContext } from "react";
import { useStore } from "zustand";
import { type ActivityState, type ActivityStore, activityStore } from "../store/activityStore.ts";

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
  return useContext(ActivityStoreContext);
}

/**
 * What `select` gives for the store's state; renders anew only when that changes. `select` must
 * return a primitive or something that is the same object for as long as it says the same.
 */
export function useActivity<Selected>(select: (state: ActivityState) => Selected): Selected {
  return useStore(useActivityStore(), select);
}
