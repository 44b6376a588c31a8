import { useEffect, useRef, useState } from "react";
import type { ActivityState } from "../store/activityStore.ts";
import { useActivityStore } from "./ActivityStoreContext.ts";
import { createAnnouncer } from "./announcer.ts";
import { useIndicatorOptions } from "./IndicatorOptions.ts";

/** For how long facts are gathered before they are said, in ms. */
const gatherMs = 2_000;

/** For how long they stay: later, whoever reads past them would take them for news. In ms. */
const staysMs = 10_000;

/**
 * Says to screen readers what begins and what ends, apart from the chip and its ticking times: a
 * polite live region, with no more than one message in two seconds (WCAG 2.2, 4.1.3). Those of a
 * page in the background are not listened to: what happens meanwhile is said when it is seen.
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
  const { labels, stops } = useIndicatorOptions();
  const [text, setText] = useState("");
  // Other words are no reason to begin anew: what is not said yet must not be lost.
  const words = useRef(labels);
  useEffect(() => {
    words.current = labels;
  });

  useEffect(() => {
    const announcer = createAnnouncer(store.getState(), stops);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let clearing: ReturnType<typeof setTimeout> | undefined;

    function schedule(): void {
      timer ??= setTimeout(say, gatherMs);
    }

    function say(): void {
      timer = undefined;
      if (document.visibilityState === "hidden") return;
      const facts = announcer.gather(store.getState(), words.current, Date.now());
      if (facts !== "") show(facts);
      if (announcer.isWaiting()) schedule();
    }

    function show(facts: string): void {
      // A text that stays the same is not read again: a no-break space makes it another one.
      setText((last) => (last === facts ? `${facts}\u00a0` : facts));
      clearTimeout(clearing);
      clearing = setTimeout(() => setText(""), staysMs);
    }

    function follow(state: ActivityState): void {
      announcer.follow(state);
      schedule();
    }

    // A connection may have been lost before.
    schedule();
    const cancels = [store.subscribe(follow), stops.subscribe(schedule)];
    document.addEventListener("visibilitychange", schedule);
    return () => {
      for (const cancel of cancels) cancel();
      document.removeEventListener("visibilitychange", schedule);
      clearTimeout(timer);
      clearTimeout(clearing);
    };
  }, [store, stops]);

  return text;
}
