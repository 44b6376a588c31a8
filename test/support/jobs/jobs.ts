import type { BuildJob, RunJob } from "../../../src/jobs/contract.ts";
import { builds, runs } from "../../../src/jobs/buildsAndRuns.ts";
import { defineJobKind } from "../../../src/jobs/defineJobKind.ts";
import type { Job } from "../../../src/jobs/job.ts";

/** What a test may say of a job besides its id and status; times are epoch ms. */
export interface JobDetails {
  projectId?: string | undefined;
  createdAt?: number;
  startedAt?: number;
  finishedAt?: number;
  error?: string;
}

/** A build as the store takes it, of the project `shop` unless it says otherwise. */
export function build(id: string, status: string, details: JobDetails = {}): Job {
  return builds.parse(asSent({ id, status, projectId: "shop", ...details }));
}

/** A run as the store takes it, of the project `shop` unless it says otherwise. */
export function run(id: string, status: string, details: JobDetails = {}): Job {
  return runs.parse(asSent({ id, status, projectId: "shop", ...details }));
}

const deployStatuses = {
  running: "working",
  review: { phase: "waiting", word: "waiting for you" },
  succeeded: "succeeded",
  failed: "failed",
} as const;

type DeployStatus = keyof typeof deployStatuses;

const deploys = defineJobKind({
  name: "deploy",
  noun: "Deploy",
  statuses: deployStatuses,
  parse: (sent: DeployDetails & { id: string; status: DeployStatus }) => sent,
});

interface DeployDetails {
  title?: string;
  startedAt?: number;
  finishedAt?: number;
  error?: string;
  message?: string;
  progress?: number;
}

/** A job of a host's own kind, which can wait for somebody (`review`) and say how far it is. */
export function deploy(id: string, status: DeployStatus, details: DeployDetails = {}): Job {
  return deploys.parse({ id, status, title: "shop", ...details });
}

// What a server sends is any JSON.
function asSent(entry: JobDetails & { id: string; status: string }): never {
  const times = Object.entries(entry).map(([field, value]) => {
    const isTime = field.endsWith("At") && typeof value === "number";
    return [field, isTime ? new Date(value).toISOString() : value];
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the kind's parse checks it
  return Object.fromEntries(times) as never;
}

/** Jobs made by number: `many(3, (n) => run(`r${n}`, "running"))`. */
export function many<Item>(count: number, make: (n: number) => Item): Item[] {
  return Array.from({ length: count }, (_, n) => make(n));
}

/** A build as the contract documents it. */
export const wireBuild: BuildJob = {
  id: "b1",
  projectId: "shop",
  status: "running",
  createdAt: "2026-01-05T12:00:00.000Z",
  startedAt: "2026-01-05T12:00:01.000Z",
};

/** A run as the contract documents it. */
export const wireRun: RunJob = {
  id: "r1",
  projectId: "shop",
  status: "running",
  createdAt: "2026-01-05T12:00:00.000Z",
  startedAt: "2026-01-05T12:00:01.000Z",
  logs: [{ timestamp: "2026-01-05T12:00:02.000Z", stream: "stdout", message: "listening" }],
};

/** Server times of the tests: milliseconds since the epoch at `minutes` past noon. */
export function serverTime(minutes: number): number {
  return Date.UTC(2026, 0, 5, 12, minutes);
}
