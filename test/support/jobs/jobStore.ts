import type { ActivityStore } from "../../../src/store/activityStore.ts";
import { selectActiveActions, selectLabel } from "../../../src/store/selectors.ts";

/** The keys of all that is going on, latest first. */
export function activeKeys(store: ActivityStore): string[] {
  return selectActiveActions(store.getState()).map((action) => action.key);
}

/** The labels of all that is going on, latest first. */
export function activeLabels(store: ActivityStore): string[] {
  return selectActiveActions(store.getState()).map((action) => action.label);
}

/** The status of an active job, or `undefined`. */
export function statusOf(store: ActivityStore, key: `${string}:${string}`): string | undefined {
  return store.getState().backendJobs[key]?.status;
}

/** How often subscribers run while `act` does its work. */
export function countNotifications(store: ActivityStore, act: () => void): number {
  let count = 0;
  const unsubscribe = store.subscribe(() => {
    count += 1;
  });
  act();
  unsubscribe();
  return count;
}

/** Whether `act` leaves the state the same object and calls no subscriber. */
export function changesNothing(store: ActivityStore, act: () => void): boolean {
  const before = store.getState();
  const notifications = countNotifications(store, act);
  return store.getState() === before && notifications === 0;
}

/** Every label that the store says from now on, without repetitions. */
export function recordLabels(store: ActivityStore): string[] {
  const labels = [selectLabel(store.getState())];
  store.subscribe((state) => {
    const label = selectLabel(state);
    if (label !== labels.at(-1)) labels.push(label);
  });
  return labels;
}
