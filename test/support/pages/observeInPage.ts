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
    stopIndicatorRecord?: () => void;
  }
}

/**
 * Runs in the page, so it can use nothing from around it. Notes what the indicator shows, and
 * each change of it, those within one task included: a mutation carries the value before it.
 */
export function recordIndicator(): void {
  const inName = /no active actions|actions? in progress|not known yet/i;
  const record: IndicatorRecord = { labels: [], names: [], badges: [] };

  function note(what: keyof IndicatorRecord, text: string | null | undefined): void {
    if (typeof text !== "string" || record[what].at(-1)?.text === text) return;
    record[what].push({ text, at: performance.now() });
  }

  function noteNow(): void {
    const chip = [...document.querySelectorAll("header [aria-label]")].find(({ ariaLabel }) =>
      inName.test(ariaLabel ?? ""),
    );
    if (!chip) return;
    note("labels", chip.querySelector(".active-indicator-label")?.textContent);
    note("names", chip.ariaLabel);
    note("badges", chip.querySelector(".active-indicator-badge")?.textContent ?? "");
  }

  function notePassed({ target, oldValue, attributeName }: MutationRecord): void {
    const { parentElement } = target;
    if (parentElement?.closest(".active-indicator-label")) note("labels", oldValue);
    if (parentElement?.closest(".active-indicator-badge")) note("badges", oldValue);
    if (attributeName !== null && inName.test(oldValue ?? "")) note("names", oldValue);
  }

  window.stopIndicatorRecord?.();
  const observer = new MutationObserver((mutations) => {
    mutations.forEach(notePassed);
    noteNow();
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
  noteNow();
}
