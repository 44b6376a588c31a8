import * as v from "valibot";
import {
  isSet,
  keySchema,
  parseAs,
  shownSchema,
  splitKey,
  statusSchema,
  timeSchema,
} from "../jobs/fields.ts";
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

/** The entry for a job that a host registers by hand. @throws TypeError if it cannot be used */
export function toRegisteredJob(
  key: JobKey,
  label: string,
  details: BackendJobDetails,
  previous: BackendJob | undefined,
): BackendJob {
  const given = readRegistered({ ...details, key, label });
  const firstSeenAt = previous?.firstSeenAt ?? Date.now();
  const projectId = given.projectId || previous?.projectId;
  return {
    key,
    ...splitKey(key),
    ...(projectId === undefined ? {} : { projectId }),
    status: given.status ?? previous?.status ?? "running",
    label: given.label,
    startedAt: given.startedAt ?? previous?.startedAt ?? firstSeenAt,
    serverTime: given.startedAt === undefined && previous?.serverTime === true,
    firstSeenAt,
    order: previous?.order ?? tick(),
  };
}

const setTimeSchema = v.pipe(
  timeSchema,
  v.transform((time) => (isSet(time) ? time : undefined)),
);

// As strict as with what comes from outside: other tabs must be able to read what is stored here.
const registeredSchema = v.object({
  key: keySchema,
  label: shownSchema,
  status: v.optional(statusSchema),
  projectId: v.optional(shownSchema),
  startedAt: v.optional(setTimeSchema),
});

function readRegistered(given: unknown): v.InferOutput<typeof registeredSchema> {
  try {
    return parseAs(registeredSchema, "registerBackendJob", given);
  } catch (cause) {
    // Nothing that came from outside, but a mistake in the host's own code.
    throw new TypeError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
