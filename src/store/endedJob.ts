import { findJobKind, jobKey, type JobKey } from "../jobs/jobKinds.ts";
import type { Job } from "../jobs/wire.ts";
import type { BackendJob } from "./jobEntries.ts";

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

/** Orders jobs by when they ended: what one list told of has one order, and times by one clock. */
export function byEnd(a: EndedJob, b: EndedJob): number {
  return a.order - b.order || a.endedAt - b.endedAt;
}
