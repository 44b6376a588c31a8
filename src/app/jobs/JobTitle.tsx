import type { StoredJob } from "../../react.ts";
import { ProjectLink } from "../projects/ProjectLink.tsx";
import { kindWord } from "./storedJob.ts";

/** What a job is, and whose: "Build · Storefront". */
export function JobTitle({ job }: { job: StoredJob }) {
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
