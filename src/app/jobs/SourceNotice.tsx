import { kindNouns, type JobKindName, useConnection } from "./jobKinds.ts";

/** Says that the jobs of a kind are last known, and why, for as long as their source is lost. */
export function SourceNotice({ kind }: { kind: JobKindName }) {
  const connection = useConnection(kind);
  if (connection?.status !== "lost") return null;
  const { error } = connection;
  return (
    // Seen only: the indicator says it to screen readers, once, when it has lasted.
    <p className="note note-warn">
      <span>
        <strong>Last known.</strong> The connection for {kindNouns[kind]} is lost; it is being tried
        again.
        {error !== undefined && <span className="note-detail"> {error}</span>}
      </span>
    </p>
  );
}
