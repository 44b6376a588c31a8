import { useMemo, useState } from "react";
import { hasFailed, type JobKey } from "../../jobs/job.ts";
import type { ActivityState } from "../../store/activityStore.ts";
import type { BackendJob, EndedJob } from "../../store/entries.ts";
import type { RequestAction } from "../../store/requestActions.ts";
import {
  type ActiveAction,
  maxRecentJobs,
  phaseOf,
  selectActiveActions,
  selectSeenEnds,
} from "../../store/selectors.ts";
import { useActivity, useActivityStore } from "../hooks/useActivity.ts";

/** What a row is about: an action, with the job that it is or is about; or a job that has ended. */
export type RowSubject = (
  | { readonly action: RequestAction; readonly job?: undefined }
  | { readonly action: ActiveAction; readonly job: BackendJob }
  | { readonly action?: undefined; readonly job: EndedJob }
) & {
  /** Of a job that waits for its turn: its place among those of its kind, from 1 on. */
  readonly place?: number;
  /** The ends of the same job that this row stands for, if more than one. */
  readonly repeats?: readonly JobKey[];
  /** Whether it is gone, and only keeps its place. */
  readonly isOver?: boolean;
};

/** The sections of the list, in their order. */
export const sectionNames = ["needsYou", "running", "queued", "recent"] as const;

/** The rows of each section. */
export type Sections = Readonly<Record<(typeof sectionNames)[number], readonly RowSubject[]>>;

/** By which a row is found again when it moves to another section. */
export function keyOf(subject: RowSubject): string {
  return subject.job ? subject.job.key : subject.action.key;
}

/** All that is going on or has ended, as it stands in the sections of the list. */
export function useSections(): Sections {
  const actions = useActivity(selectActiveActions);
  const jobs = useActivity(({ backendJobs }) => backendJobs);
  const ends = useActivity(selectSeenEnds);
  return useMemo(() => toSections(actions, jobs, ends), [actions, jobs, ends]);
}

function toSections(
  actions: readonly ActiveAction[],
  jobs: ActivityState["backendJobs"],
  ends: readonly EndedJob[],
): Sections {
  const active = actions.map((action) => toSubject(action, jobs));
  const inPhase = (...phases: string[]) =>
    active.filter(({ action, job }) => phases.includes(phaseOf(job ?? action)));
  const mended = new Set(
    ends.flatMap((end, n) => (hasFailed(end) && isMended(end, ends.slice(0, n)) ? end.key : [])),
  );
  const needsYou = (end: EndedJob) => hasFailed(end) && !mended.has(end.key);
  return {
    needsYou: [...inPhase("waiting"), ...fold(ends.filter(needsYou))],
    // What is steady may stay all day: what will end comes before it.
    running: [...inPhase("working"), ...inPhase("steady")],
    queued: withPlaces(inPhase("queued").toSorted(byStart)),
    recent: fold(ends.filter((end) => !needsYou(end))).filter(isShown),
  };
}

// Of those that ended well the newest alone are worth a row.
function isShown({ job }: RowSubject, index: number): boolean {
  return index < maxRecentJobs || (job !== undefined && "outcome" in job && hasFailed(job));
}

// A job keeps its row, and what can be done with it, while a request about it is in flight.
function toSubject(action: ActiveAction, jobs: ActivityState["backendJobs"]): ActiveSubject {
  if ("kind" in action) return { action, job: action };
  const { about } = action;
  const job = about === undefined || about === "new" ? undefined : jobs[about];
  return job ? { action, job } : { action };
}

type ActiveSubject = Exclude<RowSubject, { readonly action?: undefined }>;

// A failure needs nobody any more once the same job has ended well after it.
function isMended(failure: EndedJob, later: readonly EndedJob[]): boolean {
  return later.some((end) => end.outcome === "succeeded" && isOfOneJob(end, failure));
}

function isOfOneJob(a: EndedJob, b: EndedJob): boolean {
  return a.title !== undefined && a.kind === b.kind && a.title === b.title && a.target === b.target;
}

/** Whether the ends of two jobs are one row, "×2". */
function isRepeat(a: EndedJob, b: EndedJob): boolean {
  return a.outcome === b.outcome && isOfOneJob(a, b);
}

// The newest stands for all.
function fold(ends: readonly EndedJob[]): RowSubject[] {
  const groups: { job: EndedJob; repeats: JobKey[] }[] = [];
  for (const job of ends) {
    const group = groups.find((it) => isRepeat(it.job, job));
    if (group) group.repeats.push(job.key);
    else groups.push({ job, repeats: [job.key] });
  }
  return groups.map(({ job, repeats }) => (repeats.length > 1 ? { job, repeats } : { job }));
}

// The oldest is next. Those of one kind have their times by one clock.
function byStart(a: RowSubject, b: RowSubject): number {
  if (!a.action || !b.action) return 0;
  return a.action.startedAt - b.action.startedAt || a.action.order - b.action.order;
}

function withPlaces(queued: readonly RowSubject[]): RowSubject[] {
  const places = new Map<string, number>();
  return queued.map((subject) => {
    if (!subject.job) return subject;
    const place = (places.get(subject.job.kind) ?? 0) + 1;
    places.set(subject.job.kind, place);
    return { ...subject, place };
  });
}

/**
 * The sections with every row at its place for as long as the list `isHeld` by a pointer or the focus,
 * so that nothing moves under it: what has ended stays where it was. What is new comes at the end of its
 * section, or waits where it would move something below that can be stopped. What was dismissed goes
 * at once.
 */
export function useSteadySections(live: Sections, isHeld: boolean): Sections {
  const ended = useActivity(({ endedJobs }) => endedJobs);
  const store = useActivityStore();
  const [last, setLast] = useState({ store, sections: live });
  const isKept = isHeld && last.store === store;
  const next = isKept ? keepPlaces(last.sections, live, ended) : live;
  // Only where rows have come or gone: what is kept in place is made anew each time.
  const isOther = isKept ? rowsOf(next) !== rowsOf(last.sections) : next !== last.sections;
  if (isOther) setLast({ store, sections: next });
  return next;
}

function rowsOf(sections: Sections): string {
  return sectionNames.map((name) => sections[name].map(keyOf).join(" ")).join("\n");
}

function keepPlaces(before: Sections, live: Sections, ended: ActivityState["endedJobs"]): Sections {
  const all = sectionNames.flatMap((name) => live[name]);
  const left = new Map(all.map((subject) => [keyOf(subject), subject]));
  const known = new Set(sectionNames.flatMap((name) => before[name].map(keyOf)));
  const take = (subject: RowSubject): RowSubject[] => {
    // One that has come meanwhile may stand for it from now on.
    const others = [...left.values()].filter((other) => !known.has(keyOf(other)));
    const now = left.get(keyOf(subject)) ?? findRepeat(others, subject);
    if (!now) return stayed(subject, ended);
    left.delete(keyOf(now));
    // Ends that it would stand for in its new place may have rows of their own as yet.
    const own = new Set([keyOf(now), keyOf(subject)]);
    const isOfOthers = now.repeats?.some((key) => known.has(key) && !own.has(key));
    return [isOfOthers && !now.action ? { job: now.job } : now];
  };
  const kept = Object.fromEntries(
    sectionNames.map((name) => [name, before[name].flatMap(take)] as const),
  );
  const has = (name: (typeof sectionNames)[number]) => kept[name]?.length !== 0;
  const withNew = (name: (typeof sectionNames)[number], waits = false) => [
    ...(kept[name] ?? []),
    ...(waits ? [] : live[name].filter((subject) => left.has(keyOf(subject)))),
  ];
  return {
    needsYou: withNew("needsYou", has("running") || has("queued")),
    running: withNew("running", has("queued")),
    queued: withNew("queued"),
    recent: withNew("recent"),
  };
}

function findRepeat(all: readonly RowSubject[], { action, job }: RowSubject) {
  if (action || !job) return undefined;
  return all.find((it) => !it.action && it.job && isRepeat(it.job, job));
}

// What is no longer listed keeps its place: an end as it was, anything else without what it was doing.
function stayed(subject: RowSubject, ended: ActivityState["endedJobs"]): RowSubject[] {
  const end = subject.action || !subject.job ? undefined : ended[subject.job.key];
  if (end?.readState === "dismissed") return [];
  return end ? [subject] : [{ ...subject, isOver: true }];
}
