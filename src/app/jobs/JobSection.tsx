import { type ReactNode, useId } from "react";
import { useActivity } from "../../react.ts";
import { Loading } from "../ui/Loading.tsx";
import { JobList } from "./JobList.tsx";
import type { ListedJob } from "./listedJob.ts";
import { isAwaited, sourceNouns, type SourceName } from "./sourceNews.ts";
import { SourceNotice } from "./SourceNotice.tsx";

/** Props of {@link JobSection}. */
export interface JobSectionProps {
  title: string;
  /** Where the jobs come from. */
  source: SourceName;
  jobs: readonly ListedJob[];
  /** What to say, and to do, when there are none. */
  empty: ReactNode;
}

/** A project's jobs of one kind under a heading, and how far they can be believed. */
export function JobSection({ title, source, jobs, empty }: JobSectionProps) {
  const headingId = useId();
  return (
    <section className="panel" aria-labelledby={headingId}>
      <h2 id={headingId} className="panel-title">
        {title}
      </h2>
      <SourceNotice source={source} />
      {jobs.length > 0 ? (
        <JobList jobs={jobs} label={title} />
      ) : (
        <NoJobs source={source}>{empty}</NoJobs>
      )}
    </section>
  );
}

function NoJobs({ source, children }: { source: SourceName; children: ReactNode }) {
  const connection = useActivity((state) => state.connection[source]);
  if (isAwaited(connection)) return <Loading>{`Looking for ${sourceNouns[source]}…`}</Loading>;
  if (connection?.status === "lost") return <p className="empty">None are known.</p>;
  return <p className="empty">{children}</p>;
}
