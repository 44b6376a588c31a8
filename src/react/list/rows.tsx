import { memo, useEffect, useId, useRef, useState, useSyncExternalStore } from "react";
import { formatAgo, formatElapsed, isLongerThanUsual, spellElapsed } from "../../store/elapsed.ts";
import { StateSign } from "../chip/StateSign.tsx";
import { useActivityStore } from "../hooks/useActivity.ts";
import { useIndicatorOptions, useLabels } from "../IndicatorOptions.ts";
import type { IndicatorLabels } from "../labels.ts";
import {
  type ActivityRow,
  joinFacts,
  markAsRead,
  type RowAction,
  type RowNote,
  toRow,
  useKindLostSince,
} from "./listView.ts";
import type { RowSubject } from "./sections.ts";
import { useAtTick } from "./useNow.ts";

// The ids of two copies of React on one page are the same, and of one of them they would be this row's.
const idPrefix = `active-indicator-${Math.random().toString(36).slice(2)}`;

/** One row of the list: sign, what it is, how it stands, how long, and what can be done. */
export const Row = memo((subject: RowSubject) => {
  const options = useIndicatorOptions();
  const store = useActivityStore();
  const { runner } = options;
  useSyncExternalStore(runner.subscribe, runner.read, runner.read);
  useKindLostSince(subject.job?.kind ?? "");
  const row = toRow(subject, options, store);
  const { key, state, title, href, note, progress, count, isLastKnown } = row;
  const id = idPrefix + useId();
  const seen = useRead(subject, row.isUnread);

  return (
    <li
      ref={seen}
      className="active-indicator-row"
      data-part="row"
      data-state={state}
      data-key={key}
      // Its name, when it takes the focus, is what it is and how it stands, and not its buttons too.
      aria-labelledby={`${id}-title ${id}-spoken`}
      tabIndex={-1}
    >
      <StateSign sign={isLastKnown ? "lost" : state} progress={progress} />
      <div className="active-indicator-title">
        {/* A text has its own direction, whatever that of the page is. */}
        <bdi className="active-indicator-what" title={title}>
          {/* Apart from the tooltip, which Firefox would add to the row's name. */}
          <span id={`${id}-title`}>
            {href === undefined ? (
              title
            ) : (
              <a className="active-indicator-link" href={href} aria-describedby={`${id}-spoken`}>
                {title}
              </a>
            )}
          </span>
        </bdi>
        {count > 1 && (
          <span className="active-indicator-count" aria-hidden="true">
            {` ×${count}`}
          </span>
        )}
        <Status row={row} />
        <Spoken id={`${id}-spoken`} row={row} />
      </div>
      <Time row={row} />
      {row.actions.length > 0 && (
        <span className="active-indicator-acts">
          {row.actions.map((it) => (
            <ActionButton key={it.name} action={it} />
          ))}
        </span>
      )}
      {note && <Note key={note.text} note={note} />}
      {progress !== undefined && !isLastKnown && (
        <span className="active-indicator-bar" aria-hidden="true">
          <i style={{ inlineSize: `${progress * 100}%` }} />
        </span>
      )}
    </li>
  );
});

/** For how long an end must have been in view to be read, in ms. */
const readMs = 1_000;

// Below the fold, or behind another window, nobody has seen it.
function useRead(subject: RowSubject, isUnread: boolean) {
  const row = useRef<HTMLLIElement>(null);
  const store = useActivityStore();
  const latest = useRef(subject);
  useEffect(() => {
    latest.current = subject;
  });
  useEffect(() => {
    const { current: element } = row;
    if (!isUnread || !element) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isInView = !("IntersectionObserver" in window);

    function follow(): void {
      clearTimeout(timer);
      if (!isInView || document.visibilityState === "hidden") return;
      timer = setTimeout(() => markAsRead(store, [latest.current]), readMs);
    }

    const observer = isInView
      ? undefined
      : new IntersectionObserver(
          (entries) => {
            isInView = entries.at(-1)?.isIntersecting === true;
            follow();
          },
          // Of a row of which no more than its edge shows nobody has seen how it ended.
          { threshold: 0.5 },
        );
    observer?.observe(element);
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      clearTimeout(timer);
      observer?.disconnect();
      document.removeEventListener("visibilitychange", follow);
    };
  }, [store, isUnread]);
  return row;
}

// What ticks does so by itself, so that nothing around it renders anew; and only when it reads
// otherwise.
function Status({ row }: { row: ActivityRow }) {
  const labels = useLabels();
  const text = useAtTick((now) => statusAt(row, labels, now));
  if (!text) return null;
  return (
    <span className="active-indicator-status" aria-hidden="true" dir="auto">
      {` ${text}`}
    </span>
  );
}

function statusAt(row: ActivityRow, labels: IndicatorLabels, now: number): string {
  const { state, status, endedAt, elapsedMs } = row;
  if (state === "failed" && endedAt !== undefined)
    return labels.endedAgo(status, formatAgo(now - endedAt, labels.locale));
  const usual = usualAt(row, now);
  return joinFacts(
    status,
    // It may stay all day: its time is beside its name, and its place is Stop's.
    state === "steady" && elapsedMs ? formatElapsed(elapsedMs(now), labels.locale) : undefined,
    usual === undefined ? undefined : labels.usually(formatElapsed(usual, labels.locale)),
  );
}

function usualAt({ elapsedMs, usualMs }: ActivityRow, now: number): number | undefined {
  return elapsedMs && isLongerThanUsual(elapsedMs(now), usualMs) ? usualMs : undefined;
}

/** The same and more in words, for the ear. */
function Spoken({ id, row }: { id: string; row: ActivityRow }) {
  const labels = useLabels();
  const text = useAtTick((now) => spokenAt(row, labels, now));
  return (
    <span id={id} className="active-indicator-hidden">
      {/* A space before it: whoever reads one text after the other must not run two words together. */}
      {` ${text}`}
    </span>
  );
}

function spokenAt(row: ActivityRow, labels: IndicatorLabels, now: number): string {
  const { word, status, elapsedMs, endedAt, count, isLastKnown } = row;
  const { locale } = labels;
  const usual = usualAt(row, now);
  return joinFacts(
    word,
    endedAt === undefined ? status.replace(word, "").replace(/^, /, "") : tookAt(row, labels),
    elapsedMs && labels.ongoing(spellElapsed(elapsedMs(now), locale)),
    usual === undefined ? undefined : labels.usually(spellElapsed(usual, locale)),
    endedAt === undefined ? undefined : formatAgo(now - endedAt, locale),
    count > 1 ? labels.repeated(count) : undefined,
    isLastKnown ? labels.lastKnown : undefined,
  );
}

function tookAt({ durationMs, state }: ActivityRow, { took, locale }: IndicatorLabels) {
  return durationMs === undefined ? undefined : took(state, spellElapsed(durationMs, locale));
}

function Time({ row }: { row: ActivityRow }) {
  const { state, elapsedMs, endedAt, isLastKnown } = row;
  if (state === "failed" || state === "steady") return null;
  if (elapsedMs) return <Elapsed row={row} isStill={isLastKnown} />;
  return endedAt === undefined ? null : <Ago at={endedAt} />;
}

function Elapsed({ row, isStill }: { row: ActivityRow; isStill: boolean }) {
  const { locale } = useLabels();
  const { elapsedMs = () => 0 } = row;
  const text = useAtTick((now) => formatElapsed(elapsedMs(now), locale));
  const isLong = useAtTick((now) => !isStill && usualAt(row, now) !== undefined);
  return (
    <span className="active-indicator-time" data-long={isLong} aria-hidden="true">
      {text}
    </span>
  );
}

function Ago({ at }: { at: number }) {
  const { locale } = useLabels();
  const text = useAtTick((now) => formatAgo(now - at, locale));
  return (
    <time
      className="active-indicator-time"
      dateTime={new Date(at).toISOString()}
      aria-hidden="true"
    >
      {text}
    </time>
  );
}

/** Two lines of a text at first; what is longer unfolds. */
function Note({ note: { text, tone } }: { note: RowNote }) {
  const labels = useLabels();
  const paragraph = useRef<HTMLParagraphElement>(null);
  const [isCut, setIsCut] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  // Once the list has opened, which is after its rows were made, and whenever its width changes.
  useEffect(() => {
    const { current: element } = paragraph;
    if (!element || !("ResizeObserver" in window)) return undefined;
    const observer = new ResizeObserver(() =>
      setIsCut(element.scrollHeight > element.clientHeight + 1),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <>
      <p
        ref={paragraph}
        className="active-indicator-note"
        data-part="note"
        data-tone={tone}
        data-open={isOpen}
        dir="auto"
      >
        {text}
      </p>
      {isCut && !isOpen && (
        <button
          type="button"
          className="active-indicator-act active-indicator-unfold"
          data-look="link"
          onClick={() => setIsOpen(true)}
        >
          {labels.showAll}
        </button>
      )}
    </>
  );
}

function ActionButton({ action }: { action: RowAction }) {
  const { name, label, accessibleName, isBusy, run } = action;
  const isIcon = name === "dismiss";
  return (
    // Not `disabled`, which would take the focus away from whoever has just pressed it.
    <button
      type="button"
      className="active-indicator-act"
      data-part="action"
      data-look={isIcon ? "icon" : "edge"}
      aria-label={accessibleName}
      aria-disabled={isBusy}
      onClick={run}
    >
      {isIcon ? <Icon path="M2.5 2.5l7 7M9.5 2.5l-7 7" /> : label}
    </button>
  );
}

/** A drawing in a button, of 12 by 12. */
export function Icon({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 12 12" focusable="false" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
