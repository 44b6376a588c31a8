import { useEffect, useRef } from "react";
import { formatElapsed, isLongerThanUsual } from "../../store/elapsed.ts";
import { badgeOf } from "../../store/selectors.ts";
import { useLabels } from "../IndicatorOptions.ts";
import type { IndicatorLabels } from "../labels.ts";
import { useAtTick } from "../list/useNow.ts";
import { type ChipView, useChipView } from "./chipView.ts";
import { StateSign } from "./StateSign.tsx";

/** What is in the header: a button that names what is happening and opens the list. */
export function Chip() {
  const labels = useLabels();
  const view = useChipView(labels);
  const { label, phase, sign, count, progress } = view;
  const texts = textsOf(view, labels);
  const { badge, lastKnown, failed, waiting } = texts;
  const chip = useRef<HTMLButtonElement>(null);
  useSmoothWidth(chip);

  return (
    <button
      ref={chip}
      type="button"
      className="active-indicator-chip"
      data-part="chip"
      data-state={phase}
      data-sign={sign}
      aria-haspopup="dialog"
      aria-label={nameOf(view, texts, labels)}
      data-busy={count > 0}
      data-unknown={phase === "unknown"}
      data-last-known={lastKnown !== undefined}
    >
      <StateSign sign={sign} progress={progress} />
      {/* A text has its own direction, whatever that of the page is. */}
      <span className="active-indicator-label" dir="auto" data-idle={labels.idle}>
        {label}
      </span>
      {view.beganAt !== undefined && <HowFar view={view} beganAt={view.beganAt} />}
      {/* A space before it: whoever reads the text alone must not run two words together. */}
      {lastKnown && (
        <span className="active-indicator-last-known" aria-hidden="true">
          {` ${lastKnown}`}
        </span>
      )}
      {badge && (
        <span className="active-indicator-badge" dir="ltr" aria-hidden="true">
          {badge}
        </span>
      )}
      {waiting && (
        <span className="active-indicator-waiting" dir="auto" aria-hidden="true">
          {` ${waiting}`}
        </span>
      )}
      {failed && (
        <span className="active-indicator-failed" dir="auto" aria-hidden="true">
          {` ${failed}`}
        </span>
      )}
      <svg className="active-indicator-caret" viewBox="0 0 10 10" aria-hidden="true">
        <path d="M2 3.5 5 6.5 8 3.5" />
      </svg>
    </button>
  );
}

function textsOf(view: ChipView, labels: IndicatorLabels) {
  const { phase, count, failures, waiting, isLastKnown } = view;
  return {
    badge: badgeOf(count),
    // Where nothing is known there is no last of it.
    lastKnown: isLastKnown && phase !== "unknown" ? labels.lastKnown : undefined,
    failed: failures > 0 ? labels.failed(failures) : undefined,
    waiting: waiting > 0 ? labels.waiting(waiting) : undefined,
  };
}

// What is new comes first. The label is part of the name, so that it can be spoken to (WCAG 2.2, 2.5.3);
// what stands beside it is in the name in words.
function nameOf(
  { label, phase, count }: ChipView,
  { lastKnown, failed, waiting }: ReturnType<typeof textsOf>,
  labels: IndicatorLabels,
): string {
  const what = lastKnown ? `${label}, ${lastKnown}` : label;
  const facts = [waiting, failed, count > 0 ? labels.actionsInProgress(count, what) : what];
  if (phase === "unknown") facts.push(labels.notKnown);
  else if (count === 0 && lastKnown !== undefined) facts.push(labels.noKnownActions);
  const said = facts.flatMap((fact) => (fact ? [fact] : []));
  // A button without a name is none to whoever does not see it.
  if (said.length === 0) return labels.listTitle;
  return said.map((fact, n) => (n < said.length - 1 ? labels.sentence(fact) : fact)).join(" ");
}

/** How long a work must have been going on before the chip says how long, in ms. */
const worthSayingMs = 10_000;

// For the eye alone: to the ear it would be another name each second.
function HowFar({ view, beganAt }: { view: ChipView; beganAt: number }) {
  const { usualMs, progress, count } = view;
  const labels = useLabels();
  const elapsed = useAtTick((now) =>
    now - beganAt < worthSayingMs ? "" : formatElapsed(now - beganAt, labels.locale),
  );
  const isLong = useAtTick((now) => isLongerThanUsual(now - beganAt, usualMs));
  // Beside the badge, it would be of one of several.
  const time = count > 1 ? "" : elapsed;
  const text = progress === undefined ? time : labels.progress(progress);
  if (!text) return null;
  return (
    <span className="active-indicator-how-far" data-long={isLong} aria-hidden="true">
      {` ${text}`}
    </span>
  );
}

/** How long a change of the chip's width takes, in ms. */
const widthMs = 220;

// By hand: a transition knows no width that comes of the words. By an observer, which is called once
// the browser has laid the page out: to measure after each event would have it do so each time.
function useSmoothWidth(chip: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { current: element } = chip;
    if (!element || !("ResizeObserver" in window)) return undefined;
    let width: number | undefined;
    let moving: Animation | undefined;
    const leaving = new AbortController();
    const observe = () => observer.observe(element);
    const observer = new ResizeObserver(() => {
      const from = width;
      width = element.offsetWidth;
      // Without a width it is out of view, with its header say: it neither goes nor comes by growing.
      if (!from || !width || from === width || isStill()) return;
      // Not while it moves: a width that changes because it was observed is an error of the window's.
      observer.unobserve(element);
      const easing = "cubic-bezier(0.2, 0.8, 0.2, 1)";
      moving = element.animate([widthOf(from), widthOf(width)], {
        id: "width",
        duration: widthMs,
        easing,
      });
      // What it is to be by then shows when it has come to rest, or was stopped by somebody.
      for (const end of ["finish", "cancel"])
        moving.addEventListener(end, observe, { signal: leaving.signal });
    });
    observe();
    return () => {
      leaving.abort();
      moving?.cancel();
      observer.disconnect();
    };
  }, [chip]);
}

function widthOf(px: number): Keyframe {
  return { inlineSize: `${px}px`, minInlineSize: `${px}px` };
}

function isStill(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
