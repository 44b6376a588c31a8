import { useProjectRows } from "../activity/ActivityProvider.tsx";
import { JobRow } from "../activity/JobRow.tsx";

/** How the newest build and the newest server of a project are doing. */
export function ProjectLatest({ projectId }: { projectId: string }) {
  const [build] = useProjectRows(projectId, "build");
  const [server] = useProjectRows(projectId, "run");
  if (!build && !server) return null;
  return (
    <ul role="list" className="card-jobs">
      {build && <JobRow row={build} what="Build" />}
      {server && <JobRow row={server} what="Server" />}
    </ul>
  );
}
