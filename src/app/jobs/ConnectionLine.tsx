import { isAwaited, useConnection } from "./jobKinds.ts";
import { JobSign } from "./JobSign.tsx";
import { SourceNotice } from "./SourceNotice.tsx";

/** Says whether what is shown is live, still awaited, or last known. */
export function ConnectionLine() {
  const builds = useConnection("build");
  const runs = useConnection("run");
  if (builds?.status === "lost" || runs?.status === "lost") return <LostSources />;
  const isLive = !isAwaited(builds) && !isAwaited(runs);
  return (
    <p className="panel-foot">
      <JobSign sign={isLive ? "steady" : "queued"} />
      {isLive ? "Live" : "Connecting…"}
    </p>
  );
}

function LostSources() {
  return (
    <div className="panel-notices">
      <SourceNotice kind="run" />
      <SourceNotice kind="build" />
    </div>
  );
}
