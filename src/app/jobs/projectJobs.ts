import type { ActivityState, BackendJob } from "../../index.ts";
import type { StoredJob } from "../../react.ts";
import type { JobKindName } from "./jobKinds.ts";
import { isActive } from "./storedJob.ts";

type JobsView = Pick<ActivityState, "backendJobs" | "endedJobs">;

/** A project's jobs of one kind, active ones first, newest first. An array of its own each time. */
export function listProjectJobs(
  { backendJobs, endedJobs }: JobsView,
  kind: JobKindName,
  projectId: string,
): StoredJob[] {
  const isOfProject = (job: StoredJob) => job.kind === kind && job.target === projectId;
  const active = Object.values(backendJobs).filter(isOfProject);
  const ended = Object.values(endedJobs).filter(isOfProject);
  return [
    ...active.toSorted((a, b) => b.order - a.order),
    ...ended.toSorted((a, b) => b.endedAt - a.endedAt || b.order - a.order),
  ];
}

/** A project's newest job of one kind. */
export function selectLatestJob(
  state: JobsView,
  kind: JobKindName,
  projectId: string,
): StoredJob | undefined {
  return listProjectJobs(state, kind, projectId)[0];
}

/** A project's server, if it has one that is starting, running or stopping. */
export function selectActiveRun(state: JobsView, projectId: string): BackendJob | undefined {
  const latest = selectLatestJob(state, "run", projectId);
  return latest !== undefined && isActive(latest) ? latest : undefined;
}
