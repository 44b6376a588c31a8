import { useActivity } from "../../react.ts";
import { sourceNouns, type SourceName } from "./sourceNews.ts";

/** Says that a source's jobs are last known, and why, for as long as its connection is lost. */
export function SourceNotice({ source }: { source: SourceName }) {
  const connection = useActivity((state) => state.connection[source]);
  if (connection?.status !== "lost") return null;
  const { error } = connection;
  return (
    // Seen only: the indicator says it to screen readers, once, when it has lasted.
    <p className="note note-warn">
      <span>
        <strong>Last known.</strong> The connection for {sourceNouns[source]} is lost; it is being
        tried again.
        {error !== undefined && <span className="note-detail"> {error}</span>}
      </span>
    </p>
  );
}
