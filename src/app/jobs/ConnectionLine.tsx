import { useActivity } from "../../react.ts";
import { isAwaited } from "./sourceNews.ts";
import { SourceNotice } from "./SourceNotice.tsx";

/** Says whether what is shown is live, still awaited, or last known. */
export function ConnectionLine() {
  const { builds, runs } = useActivity((state) => state.connection);
  if (builds.status === "lost" || runs.status === "lost") return <LostSources />;
  const isLive = !isAwaited(builds) && !isAwaited(runs);
  return (
    <p className="panel-foot">
      <span className={isLive ? "sign sign-steady" : "sign sign-queued"} aria-hidden="true" />
      {isLive ? "Live" : "Connecting…"}
    </p>
  );
}

function LostSources() {
  return (
    <div className="panel-notices">
      <SourceNotice source="runs" />
      <SourceNotice source="builds" />
    </div>
  );
}
