import { useLayoutEffect, useRef, useState } from "react";
import type { StoredJob } from "../../react.ts";
import { JobRow } from "./JobRow.tsx";

/** How many jobs a list shows before it is asked for all. */
const firstCount = 10;

/** Props of {@link JobList}. */
export interface JobListProps {
  jobs: readonly StoredJob[];
  /** What the list holds: its accessible name. */
  label: string;
  /** Whether rows name their project. @default false */
  standsAlone?: boolean;
}

/** Jobs as rows. A long list begins short, with a button for the rest. */
export function JobList({ jobs, label, standsAlone = false }: JobListProps) {
  const [showsAll, setShowsAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const shown = showsAll ? jobs : jobs.slice(0, firstCount);
  // The button that had the focus has gone.
  useLayoutEffect(() => {
    const row = list.current?.children[firstCount];
    if (showsAll && row instanceof HTMLElement) row.focus();
  }, [showsAll]);
  return (
    <>
      {/* Said once more, since Safari takes one without bullets for no list. */}
      <ul ref={list} role="list" className="job-list" aria-label={label}>
        {shown.map((job) => (
          <JobRow key={job.key} job={job} standsAlone={standsAlone} />
        ))}
      </ul>
      {shown.length < jobs.length && (
        <button type="button" className="button button-more" onClick={() => setShowsAll(true)}>
          Show all {jobs.length}
        </button>
      )}
    </>
  );
}
