import { useEffect } from "react";
import type { ActivityState } from "../store/activityStore.ts";
import { selectIsUnknown, selectLatestAction } from "../store/selectors.ts";
import { useActivityStore } from "./ActivityStoreContext.ts";
import { completeLabels, type IndicatorLabels, labelOf } from "./labels.ts";

/** Options of {@link useDocumentTitle}. */
export interface DocumentTitleOptions {
  /** Words in place of the default ones; keep the object the same between renders. */
  labels?: Partial<IndicatorLabels> | undefined;
}

/**
 * While the page is hidden, puts what is going on before its title, and takes it away again when
 * the page is visible, when nothing goes on, or when the component is gone.
 */
export function useDocumentTitle({ labels }: DocumentTitleOptions = {}): void {
  const store = useActivityStore();

  useEffect(() => {
    const title = createTitle(completeLabels(labels));

    function show(): void {
      title.set(document.visibilityState === "hidden" ? store.getState() : undefined);
    }

    show();
    const unsubscribe = store.subscribe(show);
    document.addEventListener("visibilitychange", show);
    return () => {
      unsubscribe();
      document.removeEventListener("visibilitychange", show);
      title.set(undefined);
    };
  }, [store, labels]);
}

// The host may set another title at any time: only what was put there is taken away.
function createTitle(labels: IndicatorLabels) {
  let own = document.title;
  let shown = own;

  return {
    /** Shows what goes on in a state, or the host's own title alone. */
    set(state: ActivityState | undefined): void {
      if (document.title !== shown) own = document.title;
      const words = state && wordsOf(state, labels);
      const title = words === undefined ? own : labels.pageTitle(words, own);
      if (document.title !== title) document.title = title;
      // As the document gives it back, which is without spaces at its ends.
      shown = document.title;
    },
  };
}

function wordsOf(state: ActivityState, labels: IndicatorLabels): string | undefined {
  const latest = selectLatestAction(state);
  if (latest) return labelOf(labels, latest);
  return selectIsUnknown(state) ? labels.unknown : undefined;
}
