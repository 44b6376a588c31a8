import type { ReactNode } from "react";
import { formatElapsed, isoDuration } from "../../index.ts";
import { defaultLabels, StateSign, useNow } from "../../react.ts";
import { Ago } from "../time/Ago.tsx";
import type { JobRowView } from "./rows.ts";

/** Props of {@link JobRow}. */
export interface JobRowProps {
  row: JobRowView;
  /** What the row is about, where that is not plain from where it stands. */
  what?: ReactNode;
  /** Whether it leaves out why the job failed. @default false */
  isBrief?: boolean;
}

/** One job in a line: how it is doing or ended, for how long or when, and below that why it failed. */
export function JobRow({ row, what, isBrief = false }: JobRowProps) {
  const { state, isLastKnown, progress, note, elapsedMs, endedAt } = row;
  const sign = isLastKnown ? "lost" : state;
  return (
    // It can take the focus of the button that it comes in the place of.
    <li className="job" data-sign={sign} tabIndex={-1}>
      <StateSign sign={sign} progress={progress} />
      <p className="job-words">
        {what !== undefined && <span className="job-what">{what} </span>}
        <span className="job-status">{statusOf(row)}</span>
      </p>
      <span className="job-time">
        {elapsedMs && <Elapsed of={elapsedMs} />}
        {endedAt !== undefined && <Ago at={endedAt} />}
      </span>
      {note && !isBrief && (
        <p className="job-note" data-tone={note.tone}>
          {note.text}
        </p>
      )}
    </li>
  );
}

function statusOf({ state, word, status, durationMs }: JobRowView): string {
  // Of less than a second the digits would say that it took no time.
  if (durationMs !== undefined && durationMs >= 1_000) {
    return `${word} ${defaultLabels.took(state, formatElapsed(durationMs))}`;
  }
  return status === "" || status === word ? word : `${word}, ${status}`;
}

// It ticks by itself, so that nothing around it renders anew.
function Elapsed({ of }: { of: (now: number) => number }) {
  const ms = of(useNow());
  return (
    <time className="figures" dateTime={isoDuration(ms)}>
      {formatElapsed(ms)}
    </time>
  );
}
