import { type BackendJob, selectRecentJobs } from "../../index.ts";
import { useActivity } from "../../react.ts";
import { Loading } from "../ui/Loading.tsx";
import { ConnectionLine } from "./ConnectionLine.tsx";
import { isAwaited, useConnection } from "./jobKinds.ts";
import { JobList } from "./JobList.tsx";

/** What is active on the backend, what ended last, and how far that can be believed. */
export function ActivityPanel() {
  const jobs = useActivity((state) => state.backendJobs);
  const active = Object.values(jobs).toSorted((a, b) => b.order - a.order);
  const recent = useActivity(selectRecentJobs);
  return (
    <div className="panel">
      <h3 className="panel-title">Active now</h3>
      <ActiveJobs active={active} />
      {recent.length > 0 && (
        <>
          <h3 className="panel-title">Recently ended</h3>
          <JobList jobs={recent} label="Recently ended" standsAlone />
        </>
      )}
      <ConnectionLine />
    </div>
  );
}

function ActiveJobs({ active }: { active: readonly BackendJob[] }) {
  const builds = useConnection("build");
  const runs = useConnection("run");
  if (active.length > 0) return <JobList jobs={active} label="Active now" standsAlone />;
  if (isAwaited(builds) || isAwaited(runs))
    return <Loading>Looking for builds and servers…</Loading>;
  if (builds?.status === "lost" || runs?.status === "lost")
    return <p className="empty">None known.</p>;
  return <p className="empty">Nothing at the moment. Build a project or start its server.</p>;
}
