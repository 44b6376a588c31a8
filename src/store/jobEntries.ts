import { displayText } from "../jobs/displayText.ts";
import { findActiveStatus, jobKey, type JobKey } from "../jobs/jobKinds.ts";
import type { Job } from "../jobs/wire.ts";
import { tick } from "./logicalClock.ts";

/** A job that is active on the backend. */
export interface BackendJob {
  readonly key: JobKey;
  readonly kind: string;
  readonly id: string;
  /** Absent where the project is not known. */
  readonly projectId?: string;
  readonly status: string;
  /** What the indicator says of it. */
  readonly label: string;
  /** Epoch ms: by the server's clock if `serverTime`, else when it was first seen. */
  readonly startedAt: number;
  /** Whether `startedAt` was read off the server's clock. */
  readonly serverTime: boolean;
  /** When this browser first saw it: client time, epoch ms. */
  readonly firstSeenAt: number;
  /** Grows with each insertion into the store: the latest action has the highest. */
  readonly order: number;
}

/** What can be said of a job that is registered by hand. */
export interface BackendJobDetails {
  /** @default "running", or the status it has already */
  status?: string;
  projectId?: string;
  /** Client time, epoch ms. @default now */
  startedAt?: number;
}

/** The entry for a job that is active, given the one the store has. */
export function toBackendJob(job: Job, previous: BackendJob | undefined): BackendJob {
  const active = findActiveStatus(job.kind, job.status);
  const projectId = job.projectId ?? previous?.projectId;
  const serverStart = job.startedAt ?? job.createdAt;
  const firstSeenAt = previous?.firstSeenAt ?? Date.now();
  const toFront = active?.movesToFront === true && previous?.status !== job.status;
  return {
    key: jobKey(job),
    kind: job.kind,
    id: job.id,
    ...(projectId === undefined ? {} : { projectId }),
    status: job.status,
    label: active?.label(projectId) ?? job.status,
    startedAt: serverStart ?? previous?.startedAt ?? firstSeenAt,
    serverTime: serverStart !== undefined || previous?.serverTime === true,
    firstSeenAt,
    order: previous === undefined || toFront ? tick() : previous.order,
  };
}

/** The entry for a job that a host registers by hand. @throws TypeError if the key is none */
export function toRegisteredJob(
  key: JobKey,
  label: string,
  details: BackendJobDetails,
  previous: BackendJob | undefined,
): BackendJob {
  const firstSeenAt = previous?.firstSeenAt ?? Date.now();
  const projectId = details.projectId ?? previous?.projectId;
  return {
    key,
    ...splitKey(key),
    ...(projectId === undefined ? {} : { projectId }),
    status: details.status ?? previous?.status ?? "running",
    label: displayText(label),
    startedAt: details.startedAt ?? previous?.startedAt ?? firstSeenAt,
    serverTime: details.startedAt === undefined && previous?.serverTime === true,
    firstSeenAt,
    order: previous?.order ?? tick(),
  };
}

function splitKey(key: JobKey): { kind: string; id: string } {
  const [, kind, id] = /^([^:]+):(.+)$/s.exec(key) ?? [];
  if (kind === undefined || id === undefined) {
    throw new TypeError(
      `registerBackendJob: "${key}" is no job key; give "<kind>:<id>", such as "build:42"`,
    );
  }
  return { kind, id };
}
