import type { SourceName } from "../../jobs/jobKinds.ts";
import { useActivity } from "../../react.ts";
import { sourceNouns } from "./sourceNews.ts";

/** Says that a source's jobs are last known, and why, for as long as its connection is lost. */
export function SourceNotice({ source }: { source: SourceName }) {
  const { status, error } = useActivity((state) => state.connection[source]);
  if (status !== "lost") return null;
  return (
    <p className="note note-warn" role="status">
      <span>
        <strong>Last known.</strong> The connection for {sourceNouns[source]} is lost; it is being
        tried again.
        {error !== undefined && <span className="note-detail"> {error}</span>}
      </span>
    </p>
  );
}
