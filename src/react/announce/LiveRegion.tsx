import { type RefObject, useEffect, useRef } from "react";
import type { ActivityState } from "../../store/activityStore.ts";
import { useActivityStore } from "../hooks/useActivity.ts";
import { useIndicatorOptions } from "../IndicatorOptions.ts";
import { createAnnouncer } from "./announcer.ts";

/** For how long announcements are gathered, in ms. */
const gatherMs = 2_000;

/** For how long they stay, in ms: later, whoever reads past them would take them for new. */
const staysMs = 10_000;

const regionClass = "active-indicator-announcements";

/**
 * Announces to screen readers what begins and what ends, apart from the chip and its ticking times:
 * a polite live region, with no more than one text in two seconds (WCAG 2.2, 4.1.3). Nobody listens
 * to a page in the background: what happens meanwhile is announced when that is seen.
 */
export function LiveRegion() {
  const region = useRef<HTMLSpanElement>(null);
  useAnnouncements(region);
  return (
    // No role: an empty status is read as a bar by whoever reads past it.
    <span
      ref={region}
      aria-live="polite"
      aria-atomic="true"
      className={`active-indicator-hidden ${regionClass}`}
    />
  );
}

function useAnnouncements(region: RefObject<HTMLElement | null>): void {
  const store = useActivityStore();
  const { labels, runner } = useIndicatorOptions();
  // Other labels are no reason to begin anew: what was not announced yet would be lost.
  const latest = useRef(labels);
  useEffect(() => {
    latest.current = labels;
  });

  useEffect(() => {
    const { current: element } = region;
    if (!element) return undefined;
    const announcer = createAnnouncer(store.getState(), runner);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let clearing: ReturnType<typeof setTimeout> | undefined;
    let last = "";

    function schedule(): void {
      timer ??= setTimeout(announce, gatherMs);
    }

    function announce(): void {
      timer = undefined;
      if (document.visibilityState === "hidden") return;
      const text = announcer
        .gather(store.getState(), latest.current, Date.now())
        .filter((sentence) => element && !isInAnotherRegion(sentence, element))
        .join(" ");
      if (text) {
        // The same text is not read again, by some not even after the region was empty: a no-break
        // space makes it another one.
        last = last === text ? `${text}\u00a0` : text;
        show(last);
        clearTimeout(clearing);
        clearing = setTimeout(() => show(""), staysMs);
      }
      if (announcer.isWaiting()) schedule();
    }

    function show(text: string): void {
      // By hand and at once: another indicator on the page looks here what was announced.
      if (element) element.textContent = text;
    }

    function follow(state: ActivityState): void {
      announcer.follow(state);
      schedule();
    }

    // A connection may have been lost before.
    schedule();
    const cancels = [store.subscribe(follow), runner.subscribe(schedule)];
    document.addEventListener("visibilitychange", schedule);
    return () => {
      for (const cancel of cancels) cancel();
      document.removeEventListener("visibilitychange", schedule);
      clearTimeout(timer);
      clearTimeout(clearing);
      show("");
    };
  }, [region, store, runner]);
}

// Two indicators on a page announce the same, also those of two copies of the library. A screen reader
// passes over one that is not rendered, such as in the header for small screens.
function isInAnotherRegion(sentence: string, own: Element): boolean {
  return [...document.querySelectorAll(`.${regionClass}`)].some(
    (region) =>
      region !== own &&
      region.textContent?.includes(sentence) &&
      (!("checkVisibility" in region) || region.checkVisibility()),
  );
}
