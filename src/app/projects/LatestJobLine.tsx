import { type StoredJob, useActivity } from "../../react.ts";
import type { JobKindName } from "../jobs/jobKinds.ts";
import { JobSign } from "../jobs/JobSign.tsx";
import { isActive, kindWord, signOf } from "../jobs/storedJob.ts";
import { selectLatestJob } from "../jobs/projectJobs.ts";
import { Ago } from "../time/Ago.tsx";
import { Elapsed } from "../time/Duration.tsx";
import { NoJobYet } from "./NoJobYet.tsx";

/** Props of {@link LatestJobLine}. */
export interface LatestJobLineProps {
  projectId: string;
  kind: JobKindName;
}

/** How a project's newest job of one kind is doing, in a line. */
export function LatestJobLine({ projectId, kind }: LatestJobLineProps) {
  const job = useActivity((state) => selectLatestJob(state, kind, projectId));
  if (job === undefined) return <NoJobYet kind={kind} />;
  return (
    <p className="job-line">
      <JobSign sign={signOf(job)} />
      <span>
        <JobLineWords job={job} />
      </span>
    </p>
  );
}

function JobLineWords({ job }: { job: StoredJob }) {
  const status = <span className={`words-${signOf(job)}`}>{job.word}</span>;
  if (isActive(job)) {
    return (
      <>
        {kindWord(job)} {status} <Elapsed job={job} />
      </>
    );
  }
  return (
    <>
      Last {kindWord(job).toLowerCase()} {status} <Ago at={job.endedAt} />
      {job.error !== undefined && <span className="job-error">: {job.error}</span>}
    </>
  );
}
