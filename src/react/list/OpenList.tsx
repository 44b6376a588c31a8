import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useState } from "react";
import type { ActivityState } from "../../store/activityStore.ts";
import { selectIsUnknown, sourcesIn } from "../../store/selectors.ts";
import { StateSign } from "../chip/StateSign.tsx";
import { useActivity, useActivityStore } from "../hooks/useActivity.ts";
import { useLabels } from "../IndicatorOptions.ts";
import type { IndicatorLabels } from "../labels.ts";
import { guardClicks } from "./guardClicks.ts";
import { clearFinished, retryNow, useLastKnownSince } from "./listView.ts";
import { Icon, Row } from "./rows.tsx";
import { useKeptFocus } from "./useKeptFocus.ts";
import { keyOf, type RowSubject, useSections, useSteadySections } from "./sections.ts";
import { isElement } from "./focus.ts";

/** What the list shows while it is open. */
export function OpenList() {
  const labels = useLabels();
  const store = useActivityStore();
  const list = useKeptFocus();
  const isHeld = useIsHeld(list);
  const live = useSections();
  const sections = useSteadySections(live, isHeld);
  useKeptHeights(list, isHeld);
  const lastKnownSince = useLastKnownSince();
  // Above the rows, where it would move them.
  const noticeSince = useUnlessHeld(lastKnownSince, isHeld);
  const { needsYou, running, queued, recent } = sections;
  const isEmpty = needsYou.length + running.length + queued.length + recent.length === 0;
  const isLastKnown = lastKnownSince !== undefined;

  return (
    <div ref={guardClicks} className="active-indicator-open">
      {noticeSince !== undefined && <Notice since={noticeSince} />}
      <div ref={list} className="active-indicator-rows">
        {isEmpty && <Nothing isLastKnown={isLastKnown} />}
        <ListSection title={labels.needsYou} rows={needsYou} isHeld={isHeld} />
        <ListSection title={labels.running} rows={running} isHeld={isHeld} isCounted />
        <ListSection title={labels.queued} rows={queued} isHeld={isHeld} isCounted />
        <ListSection title={labels.recent} rows={recent} isHeld={isHeld}>
          <button
            type="button"
            className="active-indicator-act"
            data-look="link"
            onClick={() => clearFinished(store, live)}
          >
            {labels.clearFinished}
          </button>
        </ListSection>
        <NotConnected />
      </div>
    </div>
  );
}

/** How many rows of a section show at first, and how many more each time. */
const pageSizes = { first: 5, next: 50 };

interface ListSectionProps {
  title: string;
  rows: readonly RowSubject[];
  /** Whether what is shown stays. */
  isHeld: boolean;
  /** Whether the title says how many there are. */
  isCounted?: boolean;
  /** A button beside the title. */
  children?: ReactNode;
}

/** A titled part of the list; nothing at all while it has no rows. */
function ListSection({ title, rows, isHeld, isCounted, children }: ListSectionProps) {
  const labels = useLabels();
  const [pages, setPages] = useState(pageSizes.first);
  const [kept, setKept] = useState(0);
  // A row that takes no more room than the button that would show it is shown.
  const wanted = rows.length <= pages + 1 ? rows.length : pages;
  const shown = isHeld ? Math.max(wanted, Math.min(kept, rows.length)) : wanted;
  if (shown !== kept) setKept(shown);
  if (rows.length === 0) return null;
  const hidden = rows.length - shown;
  return (
    // A group and no region: a landmark for each would be in the way of the page's own. Its name is
    // no reference: the ids of two copies of React on one page are the same.
    <div role="group" aria-label={title} data-part="section">
      <div className="active-indicator-heading">
        <h3 className="active-indicator-section">{title}</h3>
        {isCounted && <span>{` ${rows.filter(isActive).length}`}</span>}
        {children}
      </div>
      {/* Said once more, since Safari takes one without bullets for no list. */}
      <ul role="list" className="active-indicator-items">
        {rows.slice(0, shown).map((row) => (
          <Row key={keyOf(row)} {...row} />
        ))}
      </ul>
      {hidden > 0 && (
        <button
          type="button"
          className="active-indicator-rest"
          onClick={() => setPages(shown + pageSizes.next)}
        >
          <Icon path="M3 4.5 6 7.5 9 4.5" />
          <span>{labels.more(hidden)}</span>
        </button>
      )}
    </div>
  );
}

// What keeps its place after its end is in the section and goes on no more.
function isActive({ action, isOver = false }: RowSubject): boolean {
  return action !== undefined && !isOver;
}

/** Above all rows, since it qualifies them. Where all is well nothing is said. */
function Notice({ since }: { since: number }) {
  const labels = useLabels();
  const store = useActivityStore();
  const isUnknown = useActivity(selectIsUnknown);
  const errors = useActivity((state) => lostErrors(state, labels));
  const time = new Intl.DateTimeFormat(labels.locale, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (
    <div className="active-indicator-notice" data-part="notice">
      <StateSign sign="lost" />
      {/* By itself, so that a page translation, which wraps each text, does not keep it as it is. */}
      <p className="active-indicator-lost" title={errors}>
        {isUnknown ? labels.noAnswer : labels.lost(time.format(since))}
      </p>
      <button
        type="button"
        className="active-indicator-act"
        data-look="edge"
        onClick={() => retryNow(store)}
      >
        {labels.retryNow}
      </button>
    </div>
  );
}

// The machine's words, for whoever wants to know why. Each is a sentence, since a screen reader reads
// on from them into the notice.
function lostErrors({ connection }: ActivityState, { sentence }: IndicatorLabels): string {
  const lost = sourcesIn(connection).filter(({ status }) => status === "lost");
  return lost.flatMap(({ error }) => (error === undefined ? [] : sentence(error))).join("\n");
}

function Nothing({ isLastKnown }: { isLastKnown: boolean }) {
  const labels = useLabels();
  const isUnknown = useActivity(selectIsUnknown);
  if (isUnknown) return <p className="active-indicator-nothing">{labels.notKnown}</p>;
  return (
    <p className="active-indicator-nothing">
      <StateSign sign={isLastKnown ? "lost" : "succeeded"} />
      <b>{isLastKnown ? labels.noKnownActions : labels.nothing}</b>
      <span>{` ${labels.nothingHint}`}</span>
    </p>
  );
}

/** Without a sync there may be jobs that nobody here knows of. */
function NotConnected() {
  const labels = useLabels();
  const isOff = useActivity((state) => sourcesIn(state.connection).length === 0);
  return isOff && labels.off && <p className="active-indicator-off">{labels.off}</p>;
}

/** The value as it was when the list began to be held, for as long as it is. */
function useUnlessHeld<Value>(value: Value, isHeld: boolean): Value {
  const [last, setLast] = useState(value);
  if (!isHeld && last !== value) setLast(value);
  return isHeld ? last : value;
}

/**
 * Keeps each row as high as it was while the list is held: a reason that comes, or a message that
 * goes, would move those below. A row in which something is pressed may grow.
 */
function useKeptHeights(list: RefObject<HTMLElement | null>, isHeld: boolean): void {
  useLayoutEffect(() => {
    const { current: element } = list;
    if (!isHeld || !element) return undefined;
    const rows = [...element.querySelectorAll("li")];
    const sizes = rows.map((row) => {
      const { blockSize, marginBlockStart } = getComputedStyle(row);
      return { blockSize, marginBlockStart, overflow: "clip", alignContent: "start" };
    });
    for (const [n, { style }] of rows.entries()) Object.assign(style, sizes[n]);
    const letGo = (row: Element | null) => row?.removeAttribute("style");
    const letGoPressed = ({ target }: Event) => isElement(target) && letGo(target.closest("li"));
    element.addEventListener("click", letGoPressed);
    return () => {
      element.removeEventListener("click", letGoPressed);
      rows.forEach(letGo);
    };
  }, [list, isHeld]);
}

/** Whether the pointer or the keyboard's focus is in the list, so that no row may move. */
function useIsHeld(list: RefObject<HTMLElement | null>): boolean {
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    const { current: element } = list;
    let isPointed = false;
    const follow = ({ type }: Event) => {
      if (type === "pointerenter") isPointed = true;
      if (type === "pointerleave") isPointed = false;
      setIsHeld(isPointed || element?.querySelector(":focus-visible") !== null);
    };
    const events = ["pointerenter", "pointerleave", "focusin", "focusout"];
    // What has got the focus is known only after the event, and on its way through the list nothing has.
    const later = (event: Event) => {
      const isLeft = event.type === "focusout";
      const next: EventTarget | null = isLeft ? Reflect.get(event, "relatedTarget") : null;
      if (isElement(next) && element?.contains(next)) return;
      queueMicrotask(() => follow(event));
    };
    for (const type of events) element?.addEventListener(type, later);
    return () => {
      for (const type of events) element?.removeEventListener(type, later);
    };
  }, [list]);
  return isHeld;
}
