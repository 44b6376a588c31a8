import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { ActivityStore } from "../store/activityStore.ts";
import { useActivityStore } from "./ActivityStoreContext.ts";
import { type CalmActions, createCalmView } from "./calmView.ts";
import { useLabels } from "./IndicatorOptions.ts";
import type { IndicatorLabels } from "./labels.ts";

/** What the chip says of the latest action, and how many there are; calmly. */
export function useCalmActions(): CalmActions {
  const store = useActivityStore();
  const labels = useLabels();
  const [words] = useState(() => createChangingLabels(labels));
  const view = useMemo(() => createCalmView(words.follow(store), words.labels), [store, words]);
  useEffect(() => words.change(labels), [words, labels]);
  return useSyncExternalStore(view.subscribe, view.getSnapshot, view.getServerSnapshot);
}

// A host may give its words anew with each render. A view that began anew with them would forget
// what it waits for, so that these stay the same object.
function createChangingLabels(initial: IndicatorLabels) {
  const labels = { ...initial };
  const listeners = new Set<() => void>();

  return {
    labels,
    change(next: IndicatorLabels): void {
      Object.assign(labels, next);
      for (const listener of listeners) listener();
    },
    /** The store, as one that changes with the words too. */
    follow: (store: ActivityStore): ActivityStore => ({
      ...store,
      subscribe(listener) {
        const tell = () => listener(store.getState(), store.getState());
        const unsubscribe = store.subscribe(listener);
        listeners.add(tell);
        return () => {
          listeners.delete(tell);
          unsubscribe();
        };
      },
    }),
  };
}
