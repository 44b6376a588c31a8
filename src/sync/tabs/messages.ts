import * as v from "valibot";
import {
  type Job,
  type JobKey,
  jobKey,
  kindOf,
  outcomeSchema,
  ownKey,
  parseJob,
  phaseSchema,
  sharedFields,
} from "../../jobs/job.ts";
import {
  aList,
  flagSchema,
  keySchema,
  numberSchema,
  parseAs,
  parseEach,
  PayloadError,
  reporting,
  type ReportProblem,
  sentenceSchema,
  shownText,
  statusSchema,
  timeSchema,
} from "../../jobs/payload.ts";
import type { SourceConnection } from "../../store/connection.ts";
import type { ReadState } from "../../store/entries.ts";
import type { JobPatch } from "../../store/rules.ts";
import type { EventName } from "../sources/rawEvents.ts";

/**
 * The version of the messages below. The names of channel and lock hold it, so that tabs of two
 * builds of a host never mix.
 */
export const protocolVersion = 5;

/** How often a leader sends a heartbeat, in ms. */
export const heartbeatMs = 5_000;

/** A leader's name and its term. Tabs ignore the patches of an older leader. */
export interface Term {
  readonly from: string;
  readonly term: number;
}

/** What the leader has written: a snapshot of all, what has changed, or nothing as a heartbeat. */
export interface Patch extends JobPatch, Term {
  readonly type: "patch";
  readonly isHidden: boolean;
  /** Whether all the leader's sources have answered: only then does its snapshot remove jobs. */
  readonly isCertain: boolean;
  /** How long the server of each source still wants no request, in ms: for the next leader. */
  readonly retryAfterMs: Readonly<Record<string, number>>;
  readonly connection?: Readonly<Record<string, SourceConnection>>;
}

/** An event of a source, as it came to the leader. */
export interface TabEvent extends EventName, Term {
  readonly type: "event";
  readonly data: string;
}

/** A message from one tab to the others. */
export type TabMessage =
  | Patch
  /** To the leader: a tab has joined, or missed something, and asks for a snapshot. */
  | { readonly type: "hello" }
  /** To the leader: the answer to a request that the user made in another tab. */
  | { readonly type: "hint"; readonly job: Job }
  /** To the leader: the user has read or dismissed these ends in another tab. */
  | {
      readonly type: "readState";
      readonly keys: readonly JobKey[];
      readonly readState: ReadState;
    }
  /** To the leader: somebody listens to these events in another tab. Repeated at each heartbeat. */
  | { readonly type: "listen"; readonly events: readonly EventName[] }
  /** Of the leader, to the tabs that listen. */
  | TabEvent
  /** To the leader: another tab wants the sources to ask at once. */
  | { readonly type: "refresh" }
  /** The session has ended: the user signed out, or the server refused it. */
  | { readonly type: "ended" }
  /** To a leader whose term is over: who leads now. */
  | ({ readonly type: "outdated" } & Term)
  /** Where there are no locks: a tab is visible. */
  | { readonly type: "visible" }
  /** Where there are no locks: a tab is hidden, and asks whether another one is visible. */
  | { readonly type: "hidden" };

const entryFields = {
  ...sharedFields,
  status: statusSchema,
  noun: v.exactOptional(shownText),
  title: v.exactOptional(shownText),
  order: numberSchema,
};
const sharedKind = "a job of a kind that tabs share";

/** An entry of an active job in another tab's store. */
const activeSchema = v.pipe(
  v.object(
    {
      ...entryFields,
      phase: phaseSchema,
      rank: numberSchema,
      movesToFront: flagSchema,
      label: sentenceSchema,
      startedAt: timeSchema,
      serverTime: flagSchema,
      firstSeenAt: timeSchema,
    },
    "an object",
  ),
  v.check((job) => job.key === jobKey(job), ownKey),
);

const readStateSchema = v.picklist(
  ["unread", "read", "dismissed"],
  '"unread", "read" or "dismissed"',
);

/** An entry of an ended job, in another tab's store or in the storage. */
export const endedSchema = v.pipe(
  v.object(
    {
      ...entryFields,
      outcome: outcomeSchema,
      error: v.exactOptional(shownText),
      label: v.exactOptional(sentenceSchema),
      durationMs: v.exactOptional(
        v.pipe(
          numberSchema,
          v.check((ms) => ms >= 0, "a number from 0 up"),
        ),
      ),
      endedAt: timeSchema,
      serverTime: flagSchema,
      seenActive: flagSchema,
      readState: readStateSchema,
      isListedOnly: flagSchema,
    },
    "an object",
  ),
  v.check((job) => job.key === jobKey(job), ownKey),
);

const text = v.string("a string");

const sourceSchema = v.object({
  status: v.picklist(["connecting", "live", "lost"], "a status of a source"),
  kinds: v.custom<readonly string[]>(areTexts, "an array of strings"),
  since: timeSchema,
  order: numberSchema,
  hasAnswered: flagSchema,
  clockOffsetMs: v.exactOptional(numberSchema),
  error: v.exactOptional(sentenceSchema),
});
const connectionSchema = v.record(text, sourceSchema);

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((it) => typeof it === "string");
}

const term = { from: text, term: timeSchema };
const eventName = { source: text, event: text };
const eventNameSchema = v.object(eventName, "an object");

/** The messages that say no more than their type. */
const bareSchema = v.object(
  { type: v.picklist(["hello", "refresh", "ended", "visible", "hidden"], "a known type") },
  "an object",
);
/** The others, by their type. */
const schemas = {
  patch: v.object({
    type: v.literal("patch"),
    ...term,
    isHidden: flagSchema,
    isCertain: flagSchema,
    retryAfterMs: v.record(text, numberSchema),
    isWhole: flagSchema,
    active: aList,
    ended: aList,
    gone: aList,
    connection: v.optional(v.unknown()),
  }),
  hint: v.object({ type: v.literal("hint"), job: v.unknown() }),
  readState: v.object({ type: v.literal("readState"), keys: aList, readState: readStateSchema }),
  listen: v.object({ type: v.literal("listen"), events: aList }),
  event: v.object({ type: v.literal("event"), ...term, ...eventName, data: text }),
  outdated: v.object({ type: v.literal("outdated"), ...term }),
};
type RawPatch = v.InferOutput<typeof schemas.patch>;

/**
 * Reads a message from another tab. A listed job or key that cannot be read goes to `report` and is
 * left out; so does a job of a kind that the tabs do not share.
 *
 * @throws PayloadError if it is no message
 */
export function parseTabMessage(
  data: unknown,
  kinds: ReadonlySet<string>,
  report: ReportProblem,
): TabMessage {
  const message = parseAs(schemaOf(data), "tab message", data);
  if (message.type === "patch") return parsePatch(message, kinds, report);
  if (message.type === "hint") return { ...message, job: parseHint(message.job, kinds, report) };
  if (message.type === "listen")
    return { ...message, events: parseList(eventNameSchema, "events", message.events, report) };
  if (message.type !== "readState") return message;
  return { ...message, keys: parseList(keySchema, "keys", message.keys, report) };
}

function schemaOf(data: unknown) {
  const type = typeof data === "object" && data !== null && "type" in data ? data.type : undefined;
  return isFull(type) ? schemas[type] : bareSchema;
}

function isFull(type: unknown): type is keyof typeof schemas {
  return typeof type === "string" && Object.hasOwn(schemas, type);
}

function parseHint(value: unknown, kinds: ReadonlySet<string>, report: ReportProblem): Job {
  const job = parseJob(value, report);
  if (!kinds.has(job.kind)) throw new PayloadError("tab message.job", sharedKind, job.kind);
  return job;
}

/** Whether a patch has nothing to say but that its leader is there. */
export function isHeartbeat({ isWhole, active, ended, gone, connection }: Patch): boolean {
  return !isWhole && !connection && active.length + ended.length + gone.length === 0;
}

function parsePatch(message: RawPatch, kinds: ReadonlySet<string>, report: ReportProblem): Patch {
  const { connection: given, ...head } = message;
  const connection =
    given === undefined
      ? undefined
      : reporting(() => parseAs(connectionSchema, "tab message.connection", given), report);
  const ofSharedKind = <Entry extends { readonly kind: string }>(
    schema: v.GenericSchema<unknown, Entry>,
  ) =>
    v.pipe(
      schema,
      v.check(({ kind }) => kinds.has(kind), sharedKind),
    );
  const sharedKey = v.pipe(
    keySchema,
    v.check((key) => kinds.has(kindOf(key)), sharedKind),
  );
  return {
    ...head,
    active: parseList(ofSharedKind(activeSchema), "active", message.active, report),
    ended: parseList(ofSharedKind(endedSchema), "ended", message.ended, report),
    gone: parseList(sharedKey, "gone", message.gone, report),
    ...(connection === undefined ? {} : { connection }),
  };
}

// The error does not name the place in the list, so that one cause is reported once, however many
// entries have it.
function parseList<Schema extends v.GenericSchema>(
  schema: Schema,
  field: string,
  list: readonly unknown[],
  report: ReportProblem,
): v.InferOutput<Schema>[] {
  return parseEach(list, (value) => parseAs(schema, `tab message.${field}`, value), report);
}
