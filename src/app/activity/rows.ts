import type { BackendJob, EndedJob } from "../../index.ts";
import type { ActivityListView, ActivityRow, StoredJob } from "../../react.ts";
import type { ProjectView } from "../http/parseProject.ts";
import { pageOfJob } from "../projects/projectPath.ts";

/** The kinds of job that the console knows. */
export type JobKindName = "build" | "run";

/** A row of the console's lists. What has ended has `endedAt`, server time in epoch ms. */
export type JobRowView = Pick<
  ActivityRow,
  | "key"
  | "state"
  | "title"
  | "word"
  | "status"
  | "note"
  | "href"
  | "isLastKnown"
  | "progress"
  | "elapsedMs"
  | "durationMs"
  | "endedAt"
>;

/** What a job is, and whose, by the name of its project: "Build · Storefront". */
export function titleOf(job: StoredJob, projects: readonly ProjectView[] = []): string {
  const name = projects.find(({ id }) => id === job.target)?.name ?? job.title;
  return [job.noun ?? job.kind, name].filter((part) => part !== undefined).join(" · ");
}

/**
 * What goes on now, as the indicator has it, save the word: while a request about a job is in flight
 * the indicator says what that asks for, and here its button does.
 */
export function activeRows(
  { needsYou, running, queued }: ActivityListView,
  jobs: Readonly<Record<string, BackendJob>>,
): readonly JobRowView[] {
  const active = [...needsYou.filter(({ state }) => state === "waiting"), ...running, ...queued];
  return active.map((row) => withWord(row, jobs[row.key]?.word));
}

function withWord(row: JobRowView, word: string | undefined): JobRowView {
  return word === undefined ? row : { ...row, word };
}

/**
 * All that has ended, newest first: also what the indicator does not list, since this browser did not
 * see it, or since it was dismissed there.
 */
export function pastRows(
  ended: Readonly<Record<string, EndedJob>>,
  projects: readonly ProjectView[] | undefined,
): readonly JobRowView[] {
  return Object.values(ended)
    .toSorted((a, b) => b.endedAt - a.endedAt || b.order - a.order)
    .map((job) => toPastRow(job, titleOf(job, projects)));
}

function toPastRow(job: EndedJob, title: string): JobRowView {
  const { key, outcome, word, error, durationMs, endedAt } = job;
  return {
    key,
    state: outcome,
    title,
    word,
    status: "",
    note: error === undefined ? undefined : { text: error, tone: "bad" },
    href: pageOfJob(job),
    isLastKnown: false,
    progress: undefined,
    endedAt,
    ...(durationMs !== undefined && { durationMs }),
  };
}

/** Rows by the page of their project. */
export function groupByPage(
  rows: readonly JobRowView[],
): ReadonlyMap<string, readonly JobRowView[]> {
  const groups = new Map<string, JobRowView[]>();
  for (const row of rows) {
    const { href = "" } = row;
    const group = groups.get(href);
    if (group) group.push(row);
    else groups.set(href, [row]);
  }
  return groups;
}
