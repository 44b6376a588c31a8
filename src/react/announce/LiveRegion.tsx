import { type RefObject, useEffect, useRef } from "react";
import type { ActivityState } from "../../store/activityStore.ts";
import { useActivityStore } from "../hooks/useActivity.ts";
import { createAnnouncer } from "./announcer.ts";
import { useIndicatorOptions } from "../IndicatorOptions.ts";

/** For how long facts are gathered before they are said, in ms. */
const gatherMs = 2_000;

/** For how long they stay: later, whoever reads past them would take them for news. In ms. */
const staysMs = 10_000;

const regionClass = "active-indicator-heard";

/**
 * Says to screen readers what begins and what ends, apart from the chip and its ticking times: a
 * polite live region, with no more than one message in two seconds (WCAG 2.2, 4.1.3). Those of a
 * page in the background are not listened to: what happens meanwhile is said when it is seen.
 */
export function LiveRegion() {
  const region = useRef<HTMLSpanElement>(null);
  useAnnouncements(region);
  return <span ref={region} role="status" className={regionClass} />;
}

function useAnnouncements(region: RefObject<HTMLElement | null>): void {
  const store = useActivityStore();
  const { labels, stops } = useIndicatorOptions();
  // Other words are no reason to begin anew: what is not said yet must not be lost.
  const words = useRef(labels);
  useEffect(() => {
    words.current = labels;
  });

  useEffect(() => {
    const { current: element } = region;
    if (!element) return undefined;
    const announcer = createAnnouncer(store.getState(), stops);
    const isHeard = (sentence: string) => isSaidElsewhere(sentence, element);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let clearing: ReturnType<typeof setTimeout> | undefined;
    let last = "";

    function schedule(): void {
      timer ??= setTimeout(say, gatherMs);
    }

    function say(): void {
      timer = undefined;
      if (document.visibilityState === "hidden") return;
      const facts = announcer.gather(store.getState(), words.current, Date.now(), isHeard);
      if (facts !== "") {
        // A text that stays the same is not read again: a no-break space makes it another one.
        show(last === facts ? `${facts}\u00a0` : facts);
        clearTimeout(clearing);
        clearing = setTimeout(() => show(""), staysMs);
      }
      if (announcer.isWaiting()) schedule();
    }

    function show(text: string): void {
      last = text;
      // By hand and at once: another indicator on the page looks here what has been said.
      if (element) element.textContent = text;
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
      show("");
    };
  }, [region, store, stops]);
}

// Two indicators on a page say the same, also those of two copies of the library. One that is not
// rendered, such as in the header for small screens, is not listened to.
function isSaidElsewhere(sentence: string, own: Element): boolean {
  return [...document.querySelectorAll(`.${regionClass}`)].some(
    (region) =>
      region !== own &&
      (region.textContent ?? "").includes(sentence) &&
      (!("checkVisibility" in region) || region.checkVisibility()),
  );
}
