import {
  type ActiveJob,
  type FinishedJob,
  type JobKey,
  type Outcome,
  type Phase,
  titlePlace,
} from "../jobs/job.ts";
import { displayText, maxDisplayLength } from "../jobs/payload.ts";
import { tick } from "./logicalClock.ts";

/** What the entries of active and of ended jobs have in common. */
interface JobEntry {
  readonly key: JobKey;
  readonly kind: string;
  readonly id: string;
  readonly status: string;
  /** What its kind is called; absent of a job that a host registered by hand. */
  readonly noun?: string;
  readonly title?: string;
  readonly target?: string;
  /** How it stands, or how it ended, for display. */
  readonly word: string;
  /** Its place: grows with each insertion into the store. The latest action has the highest. */
  readonly order: number;
}

/** A job that is active on the backend. */
export interface BackendJob extends JobEntry, Pick<ActiveJob, "message" | "progress"> {
  readonly phase: Phase;
  readonly rank: number;
  readonly movesToFront: boolean;
  /** What the indicator says of it. */
  readonly label: string;
  /** Epoch ms: by the server's clock if `serverTime`, else when it was first seen. */
  readonly startedAt: number;
  /** Whether `startedAt` was read off the server's clock. */
  readonly serverTime: boolean;
  /** When this browser first saw it: client time, epoch ms. */
  readonly firstSeenAt: number;
}

/**
 * Whether somebody has looked at the end of a job: nobody has, somebody has, or it was put away.
 * Only ever moves forward.
 */
export type ReadState = "unread" | "read" | "dismissed";

/** A job that has ended: remembered so that nothing late revives it, and to be shown as recent. */
export interface EndedJob extends JobEntry {
  readonly outcome: Outcome;
  /** Why it failed, fit for display. */
  readonly error?: string;
  /** What was said of it, if a host registered it by hand. */
  readonly label?: string;
  /** How long it ran in ms; absent where nobody knows. */
  readonly durationMs?: number;
  /** Epoch ms: by the server's clock if `serverTime`, else when this browser learned of it. */
  readonly endedAt: number;
  /** Whether `endedAt` was read off the server's clock. */
  readonly serverTime: boolean;
  /**
   * Whether this browser saw it active, asked for it, or looked before it ended: only then is its end
   * shown.
   */
  readonly seenActive: boolean;
  readonly readState: ReadState;
  /** Whether it is known from a snapshot only, and no update ever named it. */
  readonly isListedOnly: boolean;
}

/** The entry for a job that is active, given the one the store has. */
export function toBackendJob(job: ActiveJob, previous: BackendJob | undefined): BackendJob {
  const serverStart = job.startedAt ?? job.createdAt;
  const firstSeenAt = previous?.firstSeenAt ?? Date.now();
  const toFront = job.movesToFront && previous?.status !== job.status;
  const entry: Mutable<BackendJob> = {
    key: job.key,
    kind: job.kind,
    id: job.id,
    status: job.status,
    noun: job.noun,
    word: job.word,
    phase: job.phase,
    rank: job.rank,
    movesToFront: job.movesToFront,
    label: labelOf(job, previous?.title),
    startedAt: serverStart ?? previous?.startedAt ?? firstSeenAt,
    serverTime: serverStart !== undefined || previous?.serverTime === true,
    firstSeenAt,
    order: previous === undefined || toFront ? tick() : previous.order,
  };
  const title = job.title ?? previous?.title;
  const target = job.target ?? previous?.target;
  if (title !== undefined) entry.title = title;
  if (target !== undefined) entry.target = target;
  if (job.message !== undefined) entry.message = job.message;
  if (job.progress !== undefined) entry.progress = job.progress;
  return entry;
}

// An object that is written field by field: for ten thousand jobs at once it takes a fraction of the
// time of one that is put together out of others.
type Mutable<Entry> = { -readonly [Field in keyof Entry]: Entry[Field] };

// A message without a title keeps the one that is known, in the label too.
function labelOf({ title, label, titledLabel }: ActiveJob, knownTitle: string | undefined): string {
  const isNeeded = title === undefined && knownTitle !== undefined;
  if (!isNeeded || titledLabel === undefined) return label;
  // Only now: displayText would have removed the place where the title belongs.
  return displayText(titledLabel.split(titlePlace).join(knownTitle), 2 * maxDisplayLength);
}

/** What the store knows of a job that has ended. */
export interface EndContext {
  readonly active: BackendJob | undefined;
  readonly ended: EndedJob | undefined;
  readonly seenActive: boolean;
  /** The logical time at which its end became known. */
  readonly at: number;
  /** Whether that was by a snapshot. */
  readonly isListed: boolean;
}

/** The entry for a job that has ended. */
export function toEndedJob(
  job: Omit<FinishedJob, "noun"> & { readonly noun?: string },
  { active, ended, seenActive, at, isListed }: EndContext,
): EndedJob {
  const { key, kind, id, status, outcome, word } = job;
  const before = active ?? ended;
  const noun = job.noun ?? before?.noun;
  return {
    key,
    kind,
    id,
    status,
    outcome,
    word,
    ...known({
      noun,
      title: job.title ?? before?.title,
      target: job.target ?? before?.target,
      error: job.error ?? ended?.error,
      label: noun === undefined ? before?.label : undefined,
      durationMs: durationOf(job, active) ?? ended?.durationMs,
    }),
    ...endOf(job, active, ended),
    order: ended?.order ?? at,
    seenActive: seenActive || ended?.seenActive === true,
    readState: ended?.readState ?? "unread",
    isListedOnly: isListed && !seenActive && ended?.isListedOnly !== false,
  };
}

function endOf(
  job: Times,
  active: BackendJob | undefined,
  ended: EndedJob | undefined,
): Pick<EndedJob, "endedAt" | "serverTime"> {
  if (job.finishedAt === undefined && ended)
    return { endedAt: ended.endedAt, serverTime: ended.serverTime };
  const serverEnd = job.finishedAt ?? lastServerTime(job, active);
  return { endedAt: serverEnd ?? Date.now(), serverTime: serverEnd !== undefined };
}

type Times = Pick<FinishedJob, "createdAt" | "startedAt" | "finishedAt">;

// The server gave no end time, and we never saw the job run: use its start time.
function lastServerTime(job: Times, active: BackendJob | undefined): number | undefined {
  return active === undefined ? (job.startedAt ?? job.createdAt) : undefined;
}

// Both ends by one clock: the server's if it gave both, the browser's if it gave none.
function durationOf(job: Times, active: BackendJob | undefined): number | undefined {
  const { startedAt = job.createdAt, finishedAt } = job;
  if (startedAt !== undefined && finishedAt !== undefined)
    return Math.max(0, finishedAt - startedAt);
  if (active === undefined || active.serverTime) return undefined;
  return Math.max(0, Date.now() - active.startedAt);
}

/** Orders jobs by when they ended: those of one snapshot have one order, and times by one clock. */
export function byEnd(a: EndedJob, b: EndedJob): number {
  return a.order - b.order || a.endedAt - b.endedAt;
}

const readStates: readonly ReadState[] = ["unread", "read", "dismissed"];

/** The one of two that is further along: what was looked at in one tab is so in all. */
export function laterReadState(a: ReadState, b: ReadState): ReadState {
  return readStates.indexOf(a) >= readStates.indexOf(b) ? a : b;
}

/** Whether two entries say the same, so that the old one can stay. */
export function isSameEntry<Entry extends object>(a: Entry, b: Entry): boolean {
  for (const field in a) if (!Object.is(a[field], b[field])) return false;
  for (const field in b) if (!(field in a)) return false;
  return true;
}

type Known<Fields> = { [Field in keyof Fields]?: Exclude<Fields[Field], undefined> };

/** The fields that are known: one that is not is left out rather than `undefined`. */
export function known<Fields extends object>(fields: Fields): Known<Fields> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what is not undefined is left
  return Object.fromEntries(entries) as Known<Fields>;
}
