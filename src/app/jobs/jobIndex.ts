import type { JobKindName } from "./sourceNews.ts";
import type { ActivityState } from "../../store/activityStore.ts";
import type { BackendJob, EndedJob } from "../../store/entries.ts";
import { memoizeByRecord } from "../../store/selectors.ts";
import { isActive, type ListedJob } from "./listedJob.ts";

type JobsView = Pick<ActivityState, "backendJobs" | "endedJobs">;

// How many ended jobs the overview shows.
const recentCount = 6;

const none: readonly never[] = [];

/** All active jobs, newest first. */
export function selectActiveJobs(state: JobsView): readonly BackendJob[] {
  return indexOf(state).active;
}

/** The last few jobs that ended, newest first. */
export function selectRecentJobs(state: JobsView): readonly EndedJob[] {
  return indexOf(state).recent;
}

/** A project's jobs of one kind, active ones first, newest first. */
export function selectProjectJobs(
  state: JobsView,
  kind: JobKindName,
  projectId: string,
): readonly ListedJob[] {
  return indexOf(state).byProject.get(`${kind}:${projectId}`) ?? none;
}

/** A project's newest job of one kind. */
export function selectLatestJob(
  state: JobsView,
  kind: JobKindName,
  projectId: string,
): ListedJob | undefined {
  return selectProjectJobs(state, kind, projectId)[0];
}

/** A project's server, if it has one that is starting, running or stopping. */
export function selectActiveRun(state: JobsView, projectId: string): BackendJob | undefined {
  const latest = selectLatestJob(state, "run", projectId);
  return latest !== undefined && isActive(latest) ? latest : undefined;
}

interface JobIndex {
  readonly active: readonly BackendJob[];
  readonly recent: readonly EndedJob[];
  readonly byProject: ReadonlyMap<string, readonly ListedJob[]>;
}

function indexOf({ backendJobs, endedJobs }: JobsView): JobIndex {
  return buildIndex(backendJobs)(endedJobs);
}

// Made once for each state of the records, however many cards and lists read it.
const buildIndex = memoizeByRecord((backendJobs: JobsView["backendJobs"]) =>
  memoizeByRecord((endedJobs: JobsView["endedJobs"]): JobIndex => {
    const active = Object.values(backendJobs).toSorted((a, b) => b.order - a.order);
    const ended = Object.values(endedJobs).toSorted(
      (a, b) => b.endedAt - a.endedAt || b.order - a.order,
    );
    const byProject = groupByProject([...active, ...ended]);
    return { active, recent: ended.slice(0, recentCount), byProject };
  }),
);

function groupByProject(jobs: readonly ListedJob[]): JobIndex["byProject"] {
  const groups = new Map<string, ListedJob[]>();
  for (const job of jobs) {
    const key = `${job.kind}:${job.target}`;
    const group = groups.get(key);
    if (group) group.push(job);
    else groups.set(key, [job]);
  }
  return groups;
}
