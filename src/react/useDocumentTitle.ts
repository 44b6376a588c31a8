import { useEffect } from "react";
import { selectLatestAction } from "../store/selectors.ts";
import { useActivityStore } from "./ActivityStoreContext.ts";
import { useLabels } from "./IndicatorOptions.ts";
import { labelOf } from "./labels.ts";

/**
 * While the page is hidden, puts what is going on before its title, and takes it away again when
 * the page is visible, when nothing goes on, or when the component is gone.
 */
export function useDocumentTitle(): void {
  const store = useActivityStore();
  const labels = useLabels();

  useEffect(() => {
    let prefix = "";

    function show(): void {
      const latest = selectLatestAction(store.getState());
      const isShown = document.visibilityState === "hidden" && latest !== undefined;
      setPrefix(isShown ? `${labelOf(labels, latest)} · ` : "");
    }

    // The host may have set another title meanwhile: only what was put there is taken away.
    function setPrefix(next: string): void {
      const { title } = document;
      const own = title.startsWith(prefix) ? title.slice(prefix.length) : title;
      prefix = next;
      if (title !== next + own) document.title = next + own;
    }

    show();
    const unsubscribe = store.subscribe(show);
    document.addEventListener("visibilitychange", show);
    return () => {
      unsubscribe();
      document.removeEventListener("visibilitychange", show);
      setPrefix("");
    };
  }, [store, labels]);
}
