import { createContext, type ReactNode, useContext, useMemo } from "react";
import { type StoredJob, useActivity, useActivityList } from "../../react.ts";
import { pageOfJob, projectPath } from "../projects/projectPath.ts";
import { useKnownProjects } from "../projects/ProjectsContext.ts";
import { LastKnownNote } from "./LastKnownNote.tsx";
import {
  activeRows,
  groupByPage,
  type JobKindName,
  type JobRowView,
  pastRows,
  titleOf,
} from "./rows.ts";

/** What the pages show of the activity. */
export interface ConsoleActivity {
  /** All that has ended, newest first. */
  past: readonly JobRowView[];
  /** What goes on, and then what has ended, by the page of the project. */
  byPage: ReadonlyMap<string, readonly JobRowView[]>;
  /** Whether there may be more than what is known so far. */
  isUnknown: boolean;
}

const ActivityContext = createContext<ConsoleActivity>({
  past: [],
  byPage: new Map(),
  isUnknown: true,
});

/** Makes the rows of all pages, once for all of them, and says above them if they are last known. */
export function ActivityProvider({ children }: { children: ReactNode }) {
  const { list: projects } = useKnownProjects();
  const labels = useMemo(() => ({ title: (job: StoredJob) => titleOf(job, projects) }), [projects]);
  const view = useActivityList({ labels, jobHref: pageOfJob });
  const jobs = useActivity(({ backendJobs }) => backendJobs);
  const ended = useActivity(({ endedJobs }) => endedJobs);
  const past = useMemo(() => pastRows(ended, projects), [ended, projects]);
  const activity = useMemo(
    () => ({
      past,
      byPage: groupByPage([...activeRows(view, jobs), ...past]),
      isUnknown: view.isUnknown,
    }),
    [past, view, jobs],
  );
  return (
    <ActivityContext value={activity}>
      <LastKnownNote since={view.lastKnownSince} onRetry={view.retryNow} />
      {children}
    </ActivityContext>
  );
}

/** What the pages show of the activity. */
export function useConsoleActivity(): ConsoleActivity {
  return useContext(ActivityContext);
}

/** A project's jobs of one kind: active ones first, then those that have ended, newest first. */
export function useProjectRows(projectId: string, kind: JobKindName): readonly JobRowView[] {
  const rows = useConsoleActivity().byPage.get(projectPath(projectId)) ?? [];
  return rows.filter(({ key }) => key.startsWith(`${kind}:`));
}
