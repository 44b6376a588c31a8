import type { Outcome, Phase } from "../../jobs/job.ts";

/**
 * What a sign can stand for: how an action moves along or ended, that nothing is going on, or that
 * the connection is lost.
 */
export type Sign = Phase | Outcome | "idle" | "lost";

/**
 * A small sign beside the text: a ring that turns for work, a dot for what is steady, a shape of
 * its own for each outcome. It is 14 px wide, and hidden from screen readers: it says nothing that
 * the text beside it does not. Outside the indicator it has the colour of that text.
 */
export function StateSign({ sign }: { sign: Sign }) {
  return (
    <span className="active-indicator-sign" data-sign={sign} aria-hidden="true">
      <svg viewBox="0 0 14 14" width="14" height="14" focusable="false">
        {shapes[sign]}
      </svg>
    </span>
  );
}

const dot = <circle cx="7" cy="7" r="4" fill="currentColor" />;
const hollowDot = (
  <circle cx="7" cy="7" r="3.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
);
const line = {
  fill: "none",
  stroke: "currentColor",
  strokeWidth: 1.75,
  strokeLinecap: "round",
} as const;

const shapes: Readonly<Record<Sign, React.ReactNode>> = {
  idle: dot,
  steady: dot,
  queued: hollowDot,
  waiting: <path {...line} d="M7 3.5v4M7 10.25v.25" />,
  lost: hollowDot,
  stopped: <rect x="3.5" y="3.5" width="7" height="7" rx="1" fill="currentColor" />,
  ended: <path {...line} d="M3.5 7h7" />,
  succeeded: <path {...line} d="M3 7.5 6 10.5 11 4" />,
  failed: <path {...line} d="M3.5 3.5l7 7M10.5 3.5l-7 7" />,
  working: (
    <>
      <circle {...line} cx="7" cy="7" r="5.75" className="active-indicator-track" />
      <path {...line} d="M7 1.25A5.75 5.75 0 0 1 12.75 7" />
    </>
  ),
};
