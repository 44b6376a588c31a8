// What a kind's types infer, and what they refuse: compiled by `npm run check:types`, never run.
import { type BuildJob, builds, defineJobKind, type JobKind, runs } from "../../src/index.ts";

interface Deploy {
  uid: string;
  state: "QUEUED" | "BUILDING" | "READY" | "ERROR";
  name: string;
  created: number;
  by?: string;
}

/** A kind whose entries have a type of their own. */
export const deploys = defineJobKind({
  name: "deploy",
  noun: "Deployment",
  statuses: { QUEUED: "queued", BUILDING: "working", READY: "succeeded", ERROR: "failed" },
  parse: (it: Deploy) => ({
    id: it.uid,
    status: it.state,
    title: it.name,
    startedAt: it.created,
    target: it.by,
  }),
});

/** Kinds of any entries stand in one list. */
export const kinds: readonly JobKind[] = [deploys, builds, runs];

/** A kind knows the type of its entries, */
export const typed: { deploys: JobKind<Deploy>; builds: JobKind<BuildJob> } = { deploys, builds };

/** and what its parse gives says whether it is active. */
export function phaseOrOutcome(deploy: Deploy): string {
  const job = deploys.parse(deploy, (problem) => problem.message);
  return job.phase === undefined ? job.outcome : `${job.phase} ${job.rank} ${job.label}`;
}

/** Entries that a kind refuses. */
export function wrongEntries(answer: { build: BuildJob }): void {
  builds.parse(answer.build);
  // @ts-expect-error -- no Deploy
  deploys.parse({ uid: 1 });
  // @ts-expect-error -- the kind of another
  deploys.parse(answer.build);
  // @ts-expect-error -- what comes without a type is for the sink's parse
  deploys.parse(JSON.parse("7") as unknown);
  // @ts-expect-error -- an index is no reporter, so that this cannot be written by mistake
  [answer.build].map(builds.parse);
}

const own = { name: "own", noun: "Own" };

/** Statuses that are not in the table. */
export function wrongStatuses(): void {
  const statuses = { a: "queued", b: "succeeded" } as const;
  defineJobKind({ ...own, statuses, parse: (it: { ok: boolean }) => standing(it.ok ? "b" : "a") });
  // @ts-expect-error -- the union of another table
  defineJobKind({ ...own, statuses, parse: (it: Deploy) => standing(it.state) });
  // @ts-expect-error -- a literal
  defineJobKind({ ...own, statuses, parse: () => standing("c") });
  // @ts-expect-error -- any text
  defineJobKind({ ...own, statuses, parse: (it: { s: string }) => standing(it.s) });
}

const standing = <const Name>(status: Name) => ({ id: "1", status });

const parse = () => standing("a");

/** Tables that say what cannot be. */
export function wrongTables(): void {
  // @ts-expect-error -- no such phase
  defineJobKind({ ...own, statuses: { a: "queud" }, parse });
  // @ts-expect-error -- no such outcome
  defineJobKind({ ...own, statuses: { a: { outcome: "fail" } }, parse });
  // @ts-expect-error -- only what becomes active moves to the front
  defineJobKind({ ...own, statuses: { a: { outcome: "failed", movesToFront: true } }, parse });
  // @ts-expect-error -- only what is active has a label
  defineJobKind({ ...own, statuses: { a: { outcome: "failed", label: "Broken" } }, parse });
  // @ts-expect-error -- a typo in an object
  defineJobKind({ ...own, statuses: { a: { phase: "working", lable: "x" } }, parse });
  // @ts-expect-error -- active or ended, not both
  defineJobKind({ ...own, statuses: { a: { phase: "working", outcome: "failed" } }, parse });
  // @ts-expect-error -- an unknown status means a phase or an outcome
  defineJobKind({ ...own, statuses: { a: "queued" }, parse, unknownStatus: "idle" });
}

/** Labels are made of what a job is called and how far it is. */
export const reviews = defineJobKind({
  name: "review",
  noun: "Review",
  statuses: {
    open: {
      phase: "waiting",
      label: ({ title, id, progress = 0 }) => `Approve ${title ?? id} (${progress.toFixed(1)})`,
      movesToFront: true,
    },
    refused: { outcome: "failed", word: "red" },
  },
  parse: (it: { id: number }) => standing(it.id > 0 ? "open" : "refused"),
});

/** Two fields that say one thing, and fields that may be null. */
export const workflows = defineJobKind({
  name: "workflow",
  noun: "Workflow",
  statuses: {
    queued: "queued",
    in_progress: "working",
    waiting: "waiting",
    success: "succeeded",
    failure: "failed",
    cancelled: "stopped",
    completed: "ended",
  },
  parse: (it: {
    id: number;
    name: string | null;
    status: "queued" | "in_progress" | "waiting" | "completed";
    conclusion: "success" | "failure" | "cancelled" | null;
    run_started_at?: string | null;
  }) => ({
    id: String(it.id),
    status: it.status === "completed" ? (it.conclusion ?? it.status) : it.status,
    title: it.name,
    startedAt: it.run_started_at,
  }),
});

/** Statuses that are numbers. */
export const numbered = defineJobKind({
  ...own,
  statuses: { 0: "queued", 1: "working", 2: "succeeded" },
  parse: (it: { code: 0 | 1 | 2 }) => standing(it.code),
});
