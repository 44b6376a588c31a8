import { useEffect, useRef } from "react";
import type { ActivityState } from "../store/activityStore.ts";
import { selectIsUnknown, selectLatestAction } from "../store/selectors.ts";
import { useActivityStore } from "./ActivityStoreContext.ts";
import { completeLabels, defaultLabels, type IndicatorLabels, labelOf } from "./labels.ts";
import { findPageTitle } from "./pageTitle.ts";

/** Options of {@link useDocumentTitle}. */
export interface DocumentTitleOptions {
  /** Words in place of the default ones. */
  labels?: Partial<IndicatorLabels> | undefined;
}

/**
 * While the page is hidden, puts what is going on before its title, and takes it away again when
 * the page is visible, when nothing goes on, or when the component is gone. Safe to use twice.
 */
export function useDocumentTitle({ labels }: DocumentTitleOptions = {}): void {
  const store = useActivityStore();
  const words = useRef(defaultLabels);
  const shows = useRef<() => void>(undefined);

  // Other words are no reason to begin anew: a host may give them with each render.
  useEffect(() => {
    words.current = completeLabels(labels);
    shows.current?.();
  }, [labels]);

  useEffect(() => {
    const title = findPageTitle();
    const user = {};

    function show(): void {
      const { current } = words;
      const isHidden = document.visibilityState === "hidden";
      const text = isHidden ? wordsOf(store.getState(), current) : undefined;
      title.set(user, text === undefined ? undefined : (own) => current.pageTitle(text, own));
    }

    show();
    shows.current = show;
    const unsubscribe = store.subscribe(show);
    document.addEventListener("visibilitychange", show);
    return () => {
      shows.current = undefined;
      unsubscribe();
      document.removeEventListener("visibilitychange", show);
      title.set(user, undefined);
    };
  }, [store]);
}

function wordsOf(state: ActivityState, labels: IndicatorLabels): string | undefined {
  const latest = selectLatestAction(state);
  if (latest) return labelOf(labels, latest);
  return selectIsUnknown(state) ? labels.unknown : undefined;
}
