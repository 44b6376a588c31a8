import { useActivity } from "../../react.ts";
import { JobSign } from "../jobs/JobSign.tsx";
import { isAwaited, sourceNouns, sourceOfKind, type JobKindName } from "../jobs/sourceNews.ts";

const nothingYet = { build: "Not built yet", run: "Server not started yet" } as const;

/** Says of a project without a job of a kind whether there is none, or it is not known. */
export function NoJobYet({ kind }: { kind: JobKindName }) {
  const source = sourceOfKind[kind];
  const connection = useActivity((state) => state.connection[source]);
  const noun = sourceNouns[source];
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
