import { displayText } from "../jobs/displayText.ts";
import { findActiveStatus, findJobKind, jobKey, type JobKey } from "../jobs/jobKinds.ts";
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

/**
 * What became of the news that a job has ended: nobody has looked at it, somebody has, or it was
 * put away. Only ever moves forward.
 */
export type Attention = "unread" | "read" | "dismissed";

/** A job that has ended: remembered so that nothing late revives it, and to be shown as recent. */
export interface EndedJob {
  readonly key: JobKey;
  readonly kind: string;
  readonly id: string;
  readonly projectId?: string;
  /** Its final status; empty where it was only told that the job is over. */
  readonly status: string;
  /** Why it failed, fit for display. */
  readonly error?: string;
  /** What was said of it, of a kind that is not in the table. */
  readonly label?: string;
  /** How long it ran in ms; absent where nobody knows. */
  readonly durationMs?: number;
  /** Epoch ms, by the server's clock where it said so. */
  readonly endedAt: number;
  /** The logical time of the evidence that it has ended. */
  readonly order: number;
  /** Whether this browser saw it active or asked for it: only then is its end news. */
  readonly seenActive: boolean;
  readonly attention: Attention;
  /** Whether it is known from a list only, and nothing was heard of it by itself. */
  readonly isListedOnly: boolean;
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

/** What the store knows of a job that has ended. */
export interface EndContext {
  readonly active: BackendJob | undefined;
  readonly ended: EndedJob | undefined;
  readonly seenActive: boolean;
  /** The logical time of the evidence. */
  readonly at: number;
  /** Whether the evidence is a list. */
  readonly isListed: boolean;
}

/** The entry for a job that has ended. */
export function toEndedJob(job: Job, context: EndContext): EndedJob {
  const { active, ended, seenActive, at, isListed } = context;
  const projectId = job.projectId ?? active?.projectId ?? ended?.projectId;
  const error = job.error ?? ended?.error;
  const label = findJobKind(job.kind) ? undefined : (active?.label ?? ended?.label);
  const durationMs = durationOf(job, active) ?? ended?.durationMs;
  return {
    key: jobKey(job),
    kind: job.kind,
    id: job.id,
    ...(projectId === undefined ? {} : { projectId }),
    status: job.status,
    ...(error === undefined ? {} : { error }),
    ...(label === undefined ? {} : { label }),
    ...(durationMs === undefined ? {} : { durationMs }),
    endedAt: job.finishedAt ?? ended?.endedAt ?? lastServerTime(job, active) ?? Date.now(),
    order: ended?.order ?? at,
    seenActive: seenActive || ended?.seenActive === true,
    attention: ended?.attention ?? "unread",
    isListedOnly: isListed && !seenActive && ended?.isListedOnly !== false,
  };
}

// Of a job that was not seen active, that it ended after it began is all that is known.
function lastServerTime(job: Job, active: BackendJob | undefined): number | undefined {
  return active === undefined ? (job.startedAt ?? job.createdAt) : undefined;
}

// Both ends by one clock: the server's if it gave both, the browser's if it gave none.
function durationOf(job: Job, active: BackendJob | undefined): number | undefined {
  const { startedAt = job.createdAt, finishedAt } = job;
  if (startedAt !== undefined && finishedAt !== undefined)
    return Math.max(0, finishedAt - startedAt);
  if (active === undefined || active.serverTime) return undefined;
  return Math.max(0, Date.now() - active.startedAt);
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
