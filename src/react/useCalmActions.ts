import { useMemo, useSyncExternalStore } from "react";
import { useActivityStore } from "./ActivityStoreContext.ts";
import { type CalmActions, createCalmView } from "./calmView.ts";
import { useLabels } from "./IndicatorOptions.ts";

/** What the chip says of the latest action, and how many there are; calmly. */
export function useCalmActions(): CalmActions {
  const store = useActivityStore();
  const labels = useLabels();
  const view = useMemo(() => createCalmView(store, labels), [store, labels]);
  return useSyncExternalStore(view.subscribe, view.getSnapshot, view.getServerSnapshot);
}
