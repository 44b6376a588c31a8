import { findActiveStatus, findOutcome, type JobPace } from "../jobs/jobKinds.ts";
import type { ConnectionSlice } from "./connection.ts";
import { byEnd, type EndedJob } from "./endedJob.ts";
import type { BackendJob } from "./jobEntries.ts";
import type { BackendJobsSlice } from "./backendJobs.ts";
import { isOfThisPage } from "./logicalClock.ts";
import { memoizeByRecord } from "./memoizeByRecord.ts";
import type { RequestAction, RequestActionsSlice, RequestKey } from "./requestActions.ts";

/** Something that is going on: a request in flight or an active job. */
export type ActiveAction = RequestAction | BackendJob;

/** The part of the state that says what is going on. */
export type ActivityView = Pick<RequestActionsSlice, "requestActions"> &
  Pick<BackendJobsSlice, "backendJobs" | "endedJobs">;

/** What the indicator says when nothing is going on. */
export const idleLabel = "Idle";

/**
 * All that is going on, latest first. The same array for as long as nothing changes. A request about
 * a job is left out once something newer is known of that job, which then stands for both.
 */
export function selectActiveActions(state: ActivityView): readonly ActiveAction[] {
  const all = sortLatestFirst(state.requestActions)(state.backendJobs);
  const settled = Object.values(state.requestActions)
    .filter((request) => isSettled(request, state))
    .map(({ key }) => key);
  return settled.length === 0 ? all : leaveOut(all)(settled);
}

/** Whether the job that a request is about shows by itself what came of it. */
export function isSettled({ about, order }: RequestAction, state: ActivityView): boolean {
  if (about === undefined) return false;
  const job = state.backendJobs[about] ?? state.endedJobs[about];
  return job !== undefined && job.order > order;
}

/** The action that was inserted last, or `undefined` when nothing is going on. */
export function selectLatestAction(state: ActivityView): ActiveAction | undefined {
  return selectActiveActions(state)[0];
}

/** How many things are going on. */
export function selectActiveCount(state: ActivityView): number {
  return selectActiveActions(state).length;
}

/** The indicator's label: the latest action's, or "Idle". */
export function selectLabel(state: ActivityView): string {
  return selectLatestAction(state)?.label ?? idleLabel;
}

/** The badge for what is going on besides the latest action: `+2`, or `undefined` if nothing is. */
export function selectBadge(state: ActivityView): string | undefined {
  return badgeOf(selectActiveCount(state));
}

/** The badge for a number of actions of which one is named. */
export function badgeOf(count: number): string | undefined {
  return count > 1 ? `+${count - 1}` : undefined;
}

/** How the latest action moves along, or `idle`. A request in flight is work. */
export function selectPace(state: ActivityView): JobPace | "idle" {
  const latest = selectLatestAction(state);
  return latest === undefined ? "idle" : paceOf(latest);
}

/** How an action moves along. A request in flight is work. */
export function paceOf(action: ActiveAction): JobPace {
  if (!("kind" in action)) return "working";
  return findActiveStatus(action.kind, action.status)?.pace ?? "working";
}

/** The whole in one sentence, for those who do not see the chip. */
export function selectAccessibleName(state: ActivityView): string {
  const count = selectActiveCount(state);
  if (count === 0) return "No active actions";
  if (count === 1) return `1 action in progress: ${selectLabel(state)}`;
  return `${count} actions in progress. Latest: ${selectLabel(state)}`;
}

/** Whether an action waits for its turn. */
export function isQueued(action: ActiveAction): boolean {
  return paceOf(action) === "queued";
}

/** How many jobs that ended well are worth showing. */
const maxRecentJobs = 20;

/** All jobs that ended while this browser looked and were not dismissed, newest first. */
export function selectNews(state: Pick<BackendJobsSlice, "endedJobs">): readonly EndedJob[] {
  return sortNews(state.endedJobs);
}

/** The news worth showing, newest first: the last twenty, and every failure besides. */
export function selectRecentJobs(state: Pick<BackendJobsSlice, "endedJobs">): readonly EndedJob[] {
  return pickRecent(sortNews(state.endedJobs));
}

/** How many failures nobody has looked at. */
export function selectUnreadFailures(state: Pick<BackendJobsSlice, "endedJobs">): number {
  return selectNews(state).filter((job) => job.attention === "unread" && hasFailed(job)).length;
}

/** Whether a job ended in failure. */
export function hasFailed({ kind, status }: Pick<EndedJob, "kind" | "status">): boolean {
  return findOutcome(kind, status) === "failed";
}

/** How far the server's clock is ahead of the client's, in ms; `undefined` where not known. */
export function selectClockOffset({ connection }: ConnectionSlice): number | undefined {
  return connection.builds.clockOffsetMs;
}

/** Since when a source has been lost, client time in epoch ms; `undefined` if none is. */
export function selectLostSince({ connection }: ConnectionSlice): number | undefined {
  const lost = Object.values(connection).filter(({ status }) => status === "lost");
  return lost.length === 0 ? undefined : Math.min(...lost.map(({ since }) => since));
}

const sortNews = memoizeByRecord((jobs: BackendJobsSlice["endedJobs"]): readonly EndedJob[] =>
  Object.values(jobs)
    .filter((job) => isOfThisPage(job) && job.seenActive && job.attention !== "dismissed")
    .toSorted((a, b) => byEnd(b, a)),
);

const pickRecent = memoizeByRecord((news: readonly EndedJob[]): readonly EndedJob[] =>
  news.filter((job, index) => index < maxRecentJobs || hasFailed(job)),
);

// One array for each set of requests that are left out, since a selector must not make new ones.
const leaveOut = memoizeByRecord((all: readonly ActiveAction[]) => {
  const results = new Map<string, readonly ActiveAction[]>();
  return (keys: readonly RequestKey[]) => {
    const name = keys.join();
    const result = results.get(name) ?? all.filter(({ key }) => !keys.some((it) => it === key));
    results.set(name, result);
    return result;
  };
});

const sortLatestFirst = memoizeByRecord((requests: ActivityView["requestActions"]) =>
  memoizeByRecord((jobs: ActivityView["backendJobs"]): readonly ActiveAction[] =>
    [...Object.values(requests), ...Object.values(jobs)]
      .filter(isOfThisPage)
      .toSorted((a, b) => b.order - a.order),
  ),
);
