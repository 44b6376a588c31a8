import { useEffect, useState } from "react";
import { createAnnouncer } from "./announcements.ts";
import { useActivityStore } from "./ActivityStoreContext.ts";
import { useLabels } from "./IndicatorOptions.ts";

/** For how long facts are gathered before they are said, in ms. */
const gatherMs = 2_000;

/**
 * Says to screen readers what begins and what ends, apart from the chip and its ticking times: a
 * polite live region, with no more than one message in two seconds (WCAG 2.2, 4.1.3).
 */
export function LiveRegion() {
  return (
    <span role="status" className="active-indicator-heard">
      {useAnnouncement()}
    </span>
  );
}

function useAnnouncement(): string {
  const store = useActivityStore();
  const [text, setText] = useState("");
  const labels = useLabels();

  useEffect(() => {
    const announcer = createAnnouncer(store.getState(), labels);
    let timer: ReturnType<typeof setTimeout> | undefined;

    function schedule(): void {
      timer ??= setTimeout(say, gatherMs);
    }

    function say(): void {
      timer = undefined;
      const facts = announcer.gather(store.getState(), Date.now());
      // A text that stays the same is not read again: a no-break space makes it another one.
      if (facts !== "") setText((last) => (last === facts ? `${facts}\u00a0` : facts));
      if (announcer.isWaiting()) schedule();
    }

    const unsubscribe = store.subscribe(schedule);
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [store, labels]);

  return text;
}
