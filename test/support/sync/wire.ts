import type { BuildJob, BuildStatus, RunJob, RunStatus } from "../../../src/jobs/contract.ts";

const createdAt = "2026-01-05T12:00:00.000Z";

/** A build as the server lists it, of the project `shop` unless it says otherwise. */
export function buildJob(
  id: string,
  status: BuildStatus,
  details: Partial<BuildJob> = {},
): BuildJob {
  return { id, projectId: "shop", status, createdAt, ...details };
}

/** A run as the server lists it, of the project `shop` unless it says otherwise. */
export function runJob(id: string, status: RunStatus, details: Partial<RunJob> = {}): RunJob {
  return { id, projectId: "shop", status, createdAt, logs: [], ...details };
}
