import { ProjectLink } from "../projects/ProjectLink.tsx";
import { kindWord, type ListedJob } from "./listedJob.ts";

/** What a job is, and whose: "Build · Storefront". */
export function JobTitle({ job }: { job: ListedJob }) {
  return (
    <p className="job-title">
      {kindWord(job)}
      {job.target !== undefined && (
        <>
          {" · "}
          <ProjectLink id={job.target} />
        </>
      )}
    </p>
  );
}
