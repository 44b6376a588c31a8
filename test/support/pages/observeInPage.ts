interface Shown {
  text: string;
  /** `performance.now()` when it came. */
  at: number;
}

interface IndicatorRecord {
  labels: Shown[];
  names: Shown[];
  badges: Shown[];
}

declare global {
  interface Window {
    indicatorRecord?: IndicatorRecord;
    /**
     * Resolves to since when, by `performance.now()`, the indicator shows a label after all others,
     * or to when it first has shown it.
     */
    untilIndicatorShows?: (label: string, when: "last" | "ever") => Promise<number>;
    stopIndicatorRecord?: () => void;
  }
}

/**
 * Runs in the page, so it can use nothing from around it. Notes what the indicator shows, and
 * each change of it, those within one task included: a mutation carries the value before it.
 */
export function recordIndicator(): void {
  const record: IndicatorRecord = { labels: [], names: [], badges: [] };

  function note(what: keyof IndicatorRecord, text: string | null | undefined): void {
    if (typeof text !== "string" || record[what].at(-1)?.text === text) return;
    record[what].push({ text, at: performance.now() });
  }

  function noteNow(): void {
    const chip = document.querySelector('header [data-part="chip"]');
    if (!chip) return;
    note("labels", chip.querySelector(".active-indicator-label")?.textContent);
    note("names", chip.ariaLabel);
    note("badges", chip.querySelector(".active-indicator-badge")?.textContent ?? "");
  }

  const looks = new Set<() => void>();

  function untilShown(label: string, when: "last" | "ever"): Promise<number> {
    return new Promise((resolve) => {
      const look = () => {
        const shown =
          when === "last" ? record.labels.at(-1) : record.labels.find(({ text }) => text === label);
        if (shown?.text !== label) return;
        looks.delete(look);
        resolve(shown.at);
      };
      looks.add(look);
      look();
    });
  }

  function notePassed({ target, oldValue, attributeName }: MutationRecord): void {
    const { parentElement } = target;
    if (parentElement?.closest(".active-indicator-label")) note("labels", oldValue);
    if (parentElement?.closest(".active-indicator-badge")) note("badges", oldValue);
    const isChip = target instanceof Element && target.matches('[data-part="chip"]');
    if (attributeName !== null && isChip) note("names", oldValue);
  }

  window.stopIndicatorRecord?.();
  const observer = new MutationObserver((mutations) => {
    mutations.forEach(notePassed);
    noteNow();
    looks.forEach((look) => look());
  });
  observer.observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    characterDataOldValue: true,
    attributeFilter: ["aria-label"],
    attributeOldValue: true,
  });
  window.stopIndicatorRecord = () => observer.disconnect();
  window.indicatorRecord = record;
  window.untilIndicatorShows = untilShown;
  noteNow();
}
