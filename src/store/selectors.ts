import { hasFailed, type JobKey, type Phase } from "../jobs/job.ts";
import type { BackendJobsSlice } from "./backendJobs.ts";
import type { ConnectionSlice, SourceConnection } from "./connection.ts";
import { hasLasted, lostGraceMs } from "./elapsed.ts";
import { type BackendJob, byEnd, type EndedJob } from "./entries.ts";
import { summaryOf } from "./jobRecords.ts";
import { memoizeByObject } from "./memoizeByObject.ts";
import { isOfThisPage } from "./logicalClock.ts";
import type { RequestAction, RequestActionsSlice, RequestKey } from "./requestActions.ts";

/** Something that is going on: a request in flight or an active job. */
export type ActiveAction = RequestAction | BackendJob;

/** The part of the state that says what is going on. */
export type ActiveView = Pick<RequestActionsSlice, "requestActions"> &
  Pick<BackendJobsSlice, "backendJobs">;

/** The part of the state that says what is going on, and whether that is known at all. */
export type ActivityView = ActiveView & Pick<ConnectionSlice, "connection">;

/**
 * All that is going on, latest first, each thing once: a job and the requests about it are one from
 * the click to the end of both. The same array for as long as nothing changes.
 *
 * The newest of them stands for all: the request that stops a server from the click on, the job once
 * it is seen stopping, and the request again if the job has ended and the request has not.
 */
export function selectActiveActions(state: ActiveView): readonly ActiveAction[] {
  return listActive(state.requestActions)(state.backendJobs);
}

/**
 * The job that a request is about. Of one that begins a job the answer alone says which that is;
 * until then it is taken to be the first that began after the request and is not another's.
 */
export function selectJobOf(request: RequestAction, state: ActiveView): JobKey | undefined {
  if (request.about !== "new") return request.about;
  return pairWithNewJobs(state.requestActions)(state.backendJobs).get(request.key);
}

/**
 * Whether a source has not answered yet since the sync began: what it will list is not known, and
 * so it is not known either that nothing is going on.
 */
export function selectIsUnknown({ connection }: Pick<ConnectionSlice, "connection">): boolean {
  return sourcesIn(connection).some(isUnanswered);
}

/** The action that was inserted last, or `undefined` when nothing is going on. */
export function selectLatestAction({
  requestActions,
  backendJobs,
}: ActiveView): ActiveAction | undefined {
  const request = requestsInOrder(requestActions).at(-1);
  const { latest: job } = summaryOf(backendJobs);
  return request && (job === undefined || request.order > job.order) ? request : job;
}

/** How many things are going on. */
export function selectActiveCount({ requestActions, backendJobs }: ActiveView): number {
  const begun = pairWithNewJobs(requestActions)(backendJobs);
  const subjects = requestsInOrder(requestActions).map((request) => subjectOf(request, begun));
  const others = subjects.filter((key) => !isActiveJob(backendJobs, key));
  return summaryOf(backendJobs).count + new Set(others).size;
}

/** How the latest action moves along, or `idle`. A request in flight is work. */
export function selectPhase(state: ActiveView): Phase | "idle" {
  const latest = selectLatestAction(state);
  return latest === undefined ? "idle" : phaseOf(latest);
}

/** How an action moves along. A request in flight is work. */
export function phaseOf(action: ActiveAction): Phase {
  return "kind" in action ? action.phase : "working";
}

/**
 * The most urgent of all that goes on or has failed unseen, for a sign: what waits for a person, then
 * a failure that nobody has looked at, then work, then what is steady, then what is queued.
 */
export function selectMostUrgent(
  state: ActiveView & Pick<BackendJobsSlice, "endedJobs">,
): Phase | "failed" | "idle" {
  const { phases } = summaryOf(state.backendJobs);
  if (selectWaitingCount(state) > 0) return "waiting";
  if (selectUnreadFailures(state) > 0) return "failed";
  if (phases.working > 0 || requestsInOrder(state.requestActions).length > 0) return "working";
  if (phases.steady > 0) return "steady";
  return phases.queued > 0 ? "queued" : "idle";
}

/**
 * How many jobs wait for a person, besides the one of this key: those about which a request is in
 * flight do not any more.
 */
export function selectWaitingCount(
  { requestActions, backendJobs }: ActiveView,
  besides?: JobKey,
): number {
  const about = requestsInOrder(requestActions).map((request) => request.about);
  const others = new Set<string | undefined>([...about, besides]);
  const left = [...others].filter((key) => isWaiting(backendJobs, key));
  return summaryOf(backendJobs).phases.waiting - left.length;
}

function isWaiting(jobs: ActiveView["backendJobs"], key: string | undefined): boolean {
  return key !== undefined && findJob(jobs, key)?.phase === "waiting";
}

/** How many jobs that ended well are worth showing. */
export const maxRecentJobs = 20;

/** All jobs that ended while this browser looked and were not dismissed, newest first. */
export function selectSeenEnds(state: Pick<BackendJobsSlice, "endedJobs">): readonly EndedJob[] {
  return sortSeenEnds(state.endedJobs);
}

/** The ends worth showing, newest first: the last twenty, and every failure besides. */
export function selectRecentJobs(state: Pick<BackendJobsSlice, "endedJobs">): readonly EndedJob[] {
  return pickRecent(sortSeenEnds(state.endedJobs));
}

/** How many failures nobody has looked at. */
export function selectUnreadFailures(state: Pick<BackendJobsSlice, "endedJobs">): number {
  return selectSeenEnds(state).filter((job) => job.readState === "unread" && hasFailed(job)).length;
}

/** The source that keeps the jobs of a kind true; `undefined` if none that runs does. */
export function sourceOf(
  { connection }: ConnectionSlice,
  kind: string,
): SourceConnection | undefined {
  return sourcesIn(connection).find(({ kinds }) => kinds.includes(kind));
}

/**
 * How far the server's clock of a kind's source is ahead of the client's, in ms; `undefined` where
 * that is not known. A source that cannot read it goes by another one's.
 */
export function selectClockOffset(state: ConnectionSlice, kind: string): number | undefined {
  const own = sourceOf(state, kind)?.clockOffsetMs;
  return (
    own ?? sourcesIn(state.connection).find((it) => it.clockOffsetMs !== undefined)?.clockOffsetMs
  );
}

/** Since when a source has been lost, client time in epoch ms; `undefined` if none is. */
export function selectLostSince({ connection }: ConnectionSlice): number | undefined {
  return earliest(sourcesIn(connection).filter(({ status }) => status === "lost"));
}

/**
 * Whether a source has been lost for longer than 5 s at `now` (client time, epoch ms), so that its
 * jobs are no more than last known.
 */
export function selectIsLastKnown(state: ConnectionSlice, now: number): boolean {
  const lostSince = selectLostSince(state);
  return lostSince !== undefined && hasLasted(lostSince, now, lostGraceMs);
}

/**
 * Since when the source of a kind has been lost, client time in epoch ms, if that is longer than 5 s at
 * `now`: its jobs are no more than last known. `undefined` while they are kept true.
 */
export function selectKindLostSince(
  state: ConnectionSlice,
  kind: string,
  now: number,
): number | undefined {
  const source = sourceOf(state, kind);
  if (source?.status !== "lost" || !hasLasted(source.since, now, lostGraceMs)) return undefined;
  return source.since;
}

/**
 * Since when a source has been lost, or waited for without an answer so far, client time in epoch
 * ms; `undefined` if none is.
 */
export function selectDoubtSince({ connection }: ConnectionSlice): number | undefined {
  return earliest(sourcesIn(connection).filter((it) => it.status === "lost" || isUnanswered(it)));
}

/** The sources that run; of those of another page, which `persist` brings back, nothing is known. */
export const sourcesIn = memoizeByObject(
  (connection: ConnectionSlice["connection"]): readonly SourceConnection[] =>
    Object.values(connection).filter(isOfThisPage),
);

function earliest(sources: readonly SourceConnection[]): number | undefined {
  return sources.length === 0 ? undefined : Math.min(...sources.map(({ since }) => since));
}

function isUnanswered({ hasAnswered }: SourceConnection): boolean {
  return !hasAnswered;
}

const sortSeenEnds = memoizeByObject((jobs: BackendJobsSlice["endedJobs"]): readonly EndedJob[] =>
  Object.values(jobs)
    .filter((job) => isOfThisPage(job) && job.seenActive && job.readState !== "dismissed")
    .toSorted((a, b) => byEnd(b, a)),
);

const pickRecent = memoizeByObject((ends: readonly EndedJob[]): readonly EndedJob[] =>
  ends.filter((job, index) => index < maxRecentJobs || hasFailed(job)),
);

/** The requests of this page, the latest last. */
const requestsInOrder = memoizeByObject(
  (requests: ActiveView["requestActions"]): readonly RequestAction[] =>
    Object.values(requests).filter(isOfThisPage),
);

const listActive = memoizeByObject((requests: ActiveView["requestActions"]) =>
  memoizeByObject((jobs: ActiveView["backendJobs"]): readonly ActiveAction[] => {
    const begun = pairWithNewJobs(requests)(jobs);
    const ownJobs = Object.values(jobs).filter(isOfThisPage);
    const all = [...requestsInOrder(requests), ...ownJobs].toSorted(latestFirst);
    // Jobs alone are each their own subject, and there may be thousands.
    if (all.length === ownJobs.length) return all;
    const counted = new Set<string>();
    return all.filter((action) => {
      const subject = subjectOf(action, begun);
      const isCounted = counted.has(subject);
      counted.add(subject);
      return !isCounted;
    });
  }),
);

function isActiveJob(jobs: ActiveView["backendJobs"], key: string): boolean {
  return findJob(jobs, key) !== undefined;
}

function findJob(jobs: ActiveView["backendJobs"], key: string): BackendJob | undefined {
  const job: BackendJob | undefined = Object.hasOwn(jobs, key) ? Reflect.get(jobs, key) : undefined;
  return job && isOfThisPage(job) ? job : undefined;
}

/** What an action is about; it counts once, however many are about it. */
function subjectOf(action: ActiveAction, begun: ReadonlyMap<RequestKey, JobKey>): string {
  if ("kind" in action) return action.key;
  const job = action.about === "new" ? begun.get(action.key) : action.about;
  return job ?? action.key;
}

// The oldest request takes the oldest job: they are answered in that order, or nearly.
const pairWithNewJobs = memoizeByObject((requests: ActiveView["requestActions"]) =>
  memoizeByObject((jobs: ActiveView["backendJobs"]): ReadonlyMap<RequestKey, JobKey> => {
    const all = requestsInOrder(requests);
    const taken = new Set<string | undefined>(all.map(({ about }) => about));
    const pairs = new Map<RequestKey, JobKey>();
    const { latest } = summaryOf(jobs);
    for (const request of all) {
      // Mostly nothing has begun since, and then the jobs need not be gone through.
      if (request.about !== "new" || latest === undefined || latest.order < request.order) continue;
      const job = Object.values(jobs).find((it) => !taken.has(it.key) && mayHaveBegun(request, it));
      if (job === undefined) continue;
      taken.add(job.key);
      pairs.set(request.key, job.key);
    }
    return pairs;
  }),
);

// Not one that may have come after the request only by moving to the front.
function mayHaveBegun({ order, notAbout }: RequestAction, job: BackendJob): boolean {
  if (job.order < order || notAbout?.includes(job.key)) return false;
  return !job.movesToFront;
}

function latestFirst(a: ActiveAction, b: ActiveAction): number {
  return b.order - a.order;
}

/** The labels that say in one line what is going on; a host may replace them, by another language say. */
export interface ChipLabels {
  /** Nothing is going on. */
  idle: string;
  /** A source has not answered yet: nobody knows whether something is going on. */
  unknown: string;
  /** The same as a sentence. */
  notKnown: string;
  /** Said beside "Idle" while a source is lost: what is not known is not denied. */
  noKnownActions: string;
  /** The accessible name; `count` is at least 1, and `latest` what the latest action is called. */
  actionsInProgress: (count: number, latest: string) => string;
  /** What a job is called. */
  job: (job: BackendJob) => string;
}

/** The labels of the feature's specification, in English. */
export const defaultChipLabels: ChipLabels = {
  idle: "Idle",
  unknown: "Checking…",
  notKnown: "Not known yet what is running.",
  noKnownActions: "No known actions",
  actionsInProgress: (count, latest) =>
    count === 1 ? latest : `${toSentence(latest)} ${count} actions in progress`,
  job: (job) => job.label,
};

/** A text with what ends a sentence, where it has none. */
export function toSentence(text: string): string {
  return /[.!?…。]$/u.test(text) ? text : `${text}.`;
}

/** A label that is given, or the default one where it is absent or `undefined`. */
function labelIn<Name extends keyof ChipLabels>(
  given: Partial<ChipLabels> | undefined,
  name: Name,
): ChipLabels[Name] {
  return given?.[name] ?? defaultChipLabels[name];
}

/**
 * The latest action's label, or "Idle"; "Checking…" where nobody knows. `given` replace the default
 * labels.
 */
export function selectLabel(state: ActivityView, given?: Partial<ChipLabels>): string {
  const latest = selectLatestAction(state);
  if (latest) return "kind" in latest ? labelIn(given, "job")(latest) : latest.label;
  return labelIn(given, selectIsUnknown(state) ? "unknown" : "idle");
}

/** The badge for what is going on besides the latest action: `+2`, or `undefined` if nothing is. */
export function selectBadge(state: ActiveView): string | undefined {
  return badgeOf(selectActiveCount(state));
}

/** The badge for a number of actions of which one is named. */
export function badgeOf(count: number): string | undefined {
  return count > 1 ? `+${count - 1}` : undefined;
}

/**
 * The whole in words, for those who do not see the chip: "Building (storefront). 2 actions in progress".
 * `given` replace the default labels.
 */
export function selectAccessibleName(state: ActivityView, given?: Partial<ChipLabels>): string {
  const count = selectActiveCount(state);
  if (count > 0) return labelIn(given, "actionsInProgress")(count, selectLabel(state, given));
  return labelIn(given, selectIsUnknown(state) ? "notKnown" : "idle");
}
