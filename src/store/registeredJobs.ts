import * as v from "valibot";
import {
  isSet,
  type JobKey,
  kindOf,
  type Outcome,
  outcomeSchema,
  type Phase,
  phaseSchema,
} from "../jobs/job.ts";
import {
  idSchema,
  keySchema,
  parseAs,
  progressSchema,
  shownSchema,
  statusSchema,
  timeSchema,
} from "../jobs/payload.ts";
import { type BackendJob, known } from "./entries.ts";
import { tick } from "./logicalClock.ts";

/** What can be said of a job that is registered by hand. */
export interface BackendJobDetails {
  /** @default "running", or the status it has already */
  status?: string;
  /** @default "working", or the phase it has already */
  phase?: Phase;
  title?: string;
  target?: string;
  message?: string;
  /** From 0 to 1. */
  progress?: number;
  /** Client time, epoch ms. @default now */
  startedAt?: number;
}

/** How a job ended that a host registered by hand. */
export interface CompletionDetails {
  /** @default "ended" */
  outcome?: Outcome;
  /** Why it failed, for a person. */
  error?: string;
}

/** The entry for a job that a host registers by hand. @throws TypeError if it cannot be used */
export function toRegisteredJob(
  key: JobKey,
  label: string,
  details: BackendJobDetails,
  previous: BackendJob | undefined,
): BackendJob {
  const given = readGiven(registeredSchema, "registerBackendJob", { ...details, key, label });
  const firstSeenAt = previous?.firstSeenAt ?? Date.now();
  const status = given.status ?? previous?.status ?? "running";
  return {
    key,
    kind: kindOf(key),
    id: key.slice(kindOf(key).length + 1),
    status,
    word: status,
    phase: given.phase ?? previous?.phase ?? "working",
    rank: 0,
    movesToFront: false,
    ...known({
      title: given.title ?? previous?.title,
      target: given.target ?? previous?.target,
      message: given.message,
      progress: given.progress,
    }),
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
  phase: v.optional(phaseSchema),
  title: v.optional(
    v.pipe(
      shownSchema,
      v.transform((title) => title || undefined),
    ),
  ),
  target: v.optional(idSchema),
  message: v.optional(shownSchema),
  progress: v.optional(progressSchema),
  startedAt: v.optional(setTimeSchema),
});

const completionSchema = v.object({
  outcome: v.optional(outcomeSchema, "ended"),
  error: v.optional(shownSchema),
});

/** What a host says of an end, by hand. @throws TypeError if it cannot be used */
export function toCompletion(details: CompletionDetails) {
  const { outcome, error } = readGiven(completionSchema, "completeBackendJob", details);
  return { status: outcome, outcome, word: outcome, ...(error && { error }) };
}

function readGiven<Schema extends v.GenericSchema>(
  schema: Schema,
  verb: string,
  given: unknown,
): v.InferOutput<Schema> {
  try {
    return parseAs(schema, verb, given);
  } catch (cause) {
    // Nothing that came from outside, but a mistake in the host's own code.
    throw new TypeError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
