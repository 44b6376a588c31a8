import { memo } from "react";
import type { StoredJob } from "../../react.ts";
import { Ago } from "../time/Ago.tsx";
import { Duration, Elapsed } from "../time/Duration.tsx";
import { findPageHeading, useFocusPassedOn } from "../ui/useFocusPassedOn.ts";
import { JobSign } from "./JobSign.tsx";
import { JobTitle } from "./JobTitle.tsx";
import { isActive, signOf, startOf } from "./storedJob.ts";
import { StopRunInRow } from "./StopRunInRow.tsx";

/** Props of {@link JobRow}. */
export interface JobRowProps {
  job: StoredJob;
  /** Whether the row says whose job it is, and offers to stop a server. @default false */
  standsAlone?: boolean;
}

/** One job in a list: what it is, how it is doing, since when, and for how long. */
export const JobRow = memo(function JobRow({ job, standsAlone = false }: JobRowProps) {
  const sign = signOf(job);
  // A job that ends may have a row in another list now.
  const row = useFocusPassedOn<HTMLLIElement>(() => findRow(job.key) ?? findPageHeading());
  return (
    // It can take the focus of a button that goes.
    <li ref={row} className="job" data-key={job.key} tabIndex={-1}>
      <JobSign sign={sign} />
      <div className="job-words">
        {standsAlone && <JobTitle job={job} />}
        <p className="job-status">
          <span className={`words-${sign}`}>{job.word}</span>
          {sign === "queued" ? ", asked for " : ", started "}
          <Ago at={startOf(job)} />
        </p>
        {!isActive(job) && job.error !== undefined && <p className="job-error">{job.error}</p>}
      </div>
      <div className="job-time">
        <JobTime job={job} />
      </div>
      {standsAlone && isActive(job) && job.kind === "run" && <StopRunInRow run={job} />}
    </li>
  );
});

function findRow(key: string): HTMLElement | undefined {
  const rows = [...document.querySelectorAll<HTMLElement>(".job")];
  return rows.find(({ dataset }) => dataset["key"] === key);
}

function JobTime({ job }: { job: StoredJob }) {
  if (isActive(job)) return <Elapsed job={job} />;
  return job.durationMs === undefined ? null : <Duration ms={job.durationMs} />;
}
