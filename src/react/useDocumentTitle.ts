import { useEffect } from "react";
import type { ActivityState } from "../store/activityStore.ts";
import { selectLatestAction } from "../store/selectors.ts";
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
    const title = createTitlePrefix();

    function show(): void {
      title.set(document.visibilityState === "hidden" ? prefixOf(store.getState(), labels) : "");
    }

    show();
    const unsubscribe = store.subscribe(show);
    document.addEventListener("visibilitychange", show);
    return () => {
      unsubscribe();
      document.removeEventListener("visibilitychange", show);
      title.set("");
    };
  }, [store, labels]);
}

function prefixOf(state: ActivityState, labels: Partial<IndicatorLabels> | undefined): string {
  const latest = selectLatestAction(state);
  return latest === undefined ? "" : `${labelOf(completeLabels(labels), latest)} · `;
}

// The host may set another title at any time: only what was put there is taken away.
function createTitlePrefix() {
  let own = document.title;
  let shown = own;

  return {
    set(prefix: string): void {
      if (document.title !== shown) own = document.title;
      if (document.title !== prefix + own) document.title = prefix + own;
      // As the document gives it back, which is without spaces at its ends.
      shown = document.title;
    },
  };
}
