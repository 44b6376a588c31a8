import type { Outcome, Phase } from "../../jobs/job.ts";

/**
 * What a sign can stand for: how an action moves along or ended, that nothing is going on, or that
 * the connection is lost.
 */
export type Sign = Phase | Outcome | "idle" | "lost";

/** Props of {@link StateSign}. */
export interface StateSignProps {
  sign: Sign;
  /** How much of the work is done, from 0 to 1: the ring shows that and does not turn. */
  progress?: number | undefined;
}

/**
 * A small sign beside the text: a ring that turns for work, a dot for what is steady, a shape of
 * its own for each outcome. It is 1 rem wide, and hidden from screen readers: it says nothing that
 * the text beside it does not. Outside the indicator it has the colour of that text.
 */
export function StateSign({ sign, progress }: StateSignProps) {
  const isProgress = sign === "working" && progress !== undefined;
  const name = isProgress ? "progress" : sign;
  return (
    <span
      className="active-indicator-sign"
      data-sign={name}
      aria-hidden="true"
      onAnimationStart={turnInPhase}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" focusable="false" {...line}>
        {isProgress ? ringOf(progress) : shapes[sign]}
      </svg>
    </span>
  );
}

// All that turns on a page turns as one, whenever it began: what a list holds does when that opens.
function turnInPhase({ currentTarget }: { currentTarget: Element }): void {
  for (const animation of currentTarget.getAnimations()) animation.startTime = 0;
}

const line = {
  fill: "none",
  stroke: "currentColor",
  strokeWidth: 1.75,
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;

const solid = { fill: "currentColor", stroke: "none" } as const;
const track = <circle cx="8" cy="8" r="6.25" className="active-indicator-track" />;
const disc = <circle cx="8" cy="8" r="7" {...solid} />;

const shapes: Readonly<Record<Sign, React.ReactNode>> = {
  idle: <circle cx="8" cy="8" r="3.25" {...solid} />,
  steady: (
    <>
      <circle cx="8" cy="8" r="6.5" {...solid} opacity="0.2" />
      <circle cx="8" cy="8" r="3.5" {...solid} />
    </>
  ),
  working: (
    <>
      {track}
      <path d="M8 1.75A6.25 6.25 0 0 1 14.25 8" />
    </>
  ),
  queued: <circle cx="8" cy="8" r="6.25" strokeDasharray="1.6 3.31" />,
  waiting: (
    <>
      {disc}
      <path className="active-indicator-knock" d="M6.25 5.5v5M9.75 5.5v5" />
    </>
  ),
  failed: (
    <>
      {disc}
      <path className="active-indicator-knock" d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8" />
    </>
  ),
  succeeded: <path d="M3 8.6 6.4 12 13 4.9" />,
  stopped: <rect x="4.25" y="4.25" width="7.5" height="7.5" rx="1.5" />,
  ended: <path d="M4 8h8" />,
  // A clock that runs backwards: what is shown is from then.
  lost: (
    <path strokeWidth={1.5} d="M2.6 5.4A6.25 6.25 0 1 1 1.75 8.6M2 2.6v3.2h3.2M8 4.8V8l2.2 1.6" />
  ),
};

function ringOf(progress: number) {
  return (
    <>
      {track}
      <circle
        cx="8"
        cy="8"
        r="6.25"
        pathLength={100}
        strokeDasharray={`${progress * 100} 100`}
        transform="rotate(-90 8 8)"
      />
    </>
  );
}
