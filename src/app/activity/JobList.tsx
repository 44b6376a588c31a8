import { type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import { Loading } from "../ui/Loading.tsx";
import { useConsoleActivity } from "./ActivityProvider.tsx";
import { JobRow } from "./JobRow.tsx";
import type { JobRowView } from "./rows.ts";

/** How many rows a list shows before it is asked for all. */
const firstCount = 10;

/** Props of {@link JobList}. */
export interface JobListProps {
  title: string;
  rows: readonly JobRowView[];
  /** What a row is about, where the title does not say it. */
  what?: (row: JobRowView) => ReactNode;
  /** Whether the rows leave out why a job failed. @default false */
  isBrief?: boolean;
  /** What to say, and to do, when there are none. */
  empty: ReactNode;
}

/** Jobs under a heading. A long list begins short, with a button for the rest. */
export function JobList({ title, rows, what, isBrief = false, empty }: JobListProps) {
  const headingId = useId();
  const [showsAll, setShowsAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const { isUnknown } = useConsoleActivity();
  const shown = showsAll ? rows : rows.slice(0, firstCount);
  // The button that had the focus has gone.
  useLayoutEffect(() => {
    const row = list.current?.children[firstCount];
    if (showsAll && row instanceof HTMLElement) row.focus();
  }, [showsAll]);
  return (
    <section className="panel" aria-labelledby={headingId}>
      <h2 id={headingId} className="panel-title">
        {title}
      </h2>
      {rows.length === 0 &&
        (isUnknown ? <Loading>Checking…</Loading> : <p className="empty">{empty}</p>)}
      {/* Said once more, since Safari takes one without bullets for no list. */}
      <ul ref={list} role="list" aria-labelledby={headingId}>
        {shown.map((row) => (
          <JobRow key={row.key} row={row} what={what?.(row)} isBrief={isBrief} />
        ))}
      </ul>
      {shown.length < rows.length && (
        <button type="button" className="button button-more" onClick={() => setShowsAll(true)}>
          Show all {rows.length}
        </button>
      )}
    </section>
  );
}
