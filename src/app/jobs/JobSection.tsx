import { type ReactNode, useId } from "react";
import type { StoredJob } from "../../react.ts";
import { Loading } from "../ui/Loading.tsx";
import { isAwaited, kindNouns, type JobKindName, useConnection } from "./jobKinds.ts";
import { JobList } from "./JobList.tsx";
import { SourceNotice } from "./SourceNotice.tsx";

/** Props of {@link JobSection}. */
export interface JobSectionProps {
  title: string;
  kind: JobKindName;
  jobs: readonly StoredJob[];
  /** What to say, and to do, when there are none. */
  empty: ReactNode;
}

/** A project's jobs of one kind under a heading, and how far they can be believed. */
export function JobSection({ title, kind, jobs, empty }: JobSectionProps) {
  const headingId = useId();
  return (
    <section className="panel" aria-labelledby={headingId}>
      <h2 id={headingId} className="panel-title">
        {title}
      </h2>
      <SourceNotice kind={kind} />
      {jobs.length > 0 ? (
        <JobList jobs={jobs} label={title} />
      ) : (
        <NoJobs kind={kind}>{empty}</NoJobs>
      )}
    </section>
  );
}

function NoJobs({ kind, children }: { kind: JobKindName; children: ReactNode }) {
  const connection = useConnection(kind);
  if (isAwaited(connection)) return <Loading>{`Looking for ${kindNouns[kind]}…`}</Loading>;
  if (connection?.status === "lost") return <p className="empty">None are known.</p>;
  return <p className="empty">{children}</p>;
}
