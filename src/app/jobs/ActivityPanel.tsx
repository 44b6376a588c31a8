import { useActivity } from "../../react.ts";
import { useKeptFocus } from "../../react/list/useKeptFocus.ts";
import type { BackendJob } from "../../store/entries.ts";
import { Loading } from "../ui/Loading.tsx";
import { ConnectionLine } from "./ConnectionLine.tsx";
import { JobList } from "./JobList.tsx";
import { selectActiveJobs, selectRecentJobs } from "./jobIndex.ts";
import { isAwaited } from "./sourceNews.ts";

/** What is active on the backend, what ended last, and how far that can be believed. */
export function ActivityPanel() {
  const active = useActivity(selectActiveJobs);
  const recent = useActivity(selectRecentJobs);
  const panel = useKeptFocus();
  return (
    <div ref={panel} className="panel">
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
  const { builds, runs } = useActivity((state) => state.connection);
  if (active.length > 0) return <JobList jobs={active} label="Active now" standsAlone />;
  if (isAwaited(builds) || isAwaited(runs))
    return <Loading>Looking for builds and servers…</Loading>;
  if (builds?.status === "lost" || runs?.status === "lost")
    return <p className="empty">None known.</p>;
  return <p className="empty">Nothing at the moment. Build a project or start its server.</p>;
}
