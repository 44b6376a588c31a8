import { isAwaited, kindNouns, type JobKindName, useConnection } from "../jobs/jobKinds.ts";
import { JobSign } from "../jobs/JobSign.tsx";

const nothingYet = { build: "Not built yet", run: "Server not started yet" } as const;

/** Says of a project without a job of a kind whether there is none, or it is not known. */
export function NoJobYet({ kind }: { kind: JobKindName }) {
  const connection = useConnection(kind);
  const noun = kindNouns[kind];
  const words = isAwaited(connection)
    ? `Looking for ${noun}…`
    : connection?.status === "lost"
      ? `No ${noun} known`
      : nothingYet[kind];
  return (
    <p className="job-line">
      <JobSign sign="ended" />
      {words}
    </p>
  );
}
