import * as v from "valibot";
import {
  type Job,
  type JobKey,
  jobKey,
  outcomeSchema,
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
  reporting,
  type ReportProblem,
  sentenceSchema,
  shownSchema,
  statusSchema,
  timeSchema,
} from "../../jobs/payload.ts";
import type { SourceConnection } from "../../store/connection.ts";
import type { ReadState } from "../../store/entries.ts";
import type { JobPatch } from "../../store/rules.ts";

/** Tabs that speak another version use another channel and another lock: they never mix. */
export const protocolVersion = 3;

/** A leader, and the term in which it leads: what an older leader says is ignored. */
export interface Term {
  readonly from: string;
  readonly term: number;
}

/** What the leader has written: all of it, what has changed, or nothing as a heartbeat. */
export interface Patch extends JobPatch, Term {
  readonly type: "patch";
  readonly isHidden: boolean;
  /** Whether its sources have answered: only then are jobs gone that the whole does not list. */
  readonly isCertain: boolean;
  readonly connection?: Readonly<Record<string, SourceConnection>>;
}

/** What tabs say to each other. */
export type TabMessage =
  | Patch
  /** A tab has joined, or has missed something, and asks for everything. */
  | { readonly type: "hello" }
  /** The answer to a request of the user's in a tab that does not lead. */
  | { readonly type: "hint"; readonly job: Job }
  /** Ends were read or dismissed in a tab that does not lead. */
  | {
      readonly type: "readState";
      readonly keys: readonly JobKey[];
      readonly readState: ReadState;
    }
  /** A tab wants the sources to look at once. */
  | { readonly type: "refresh" }
  /** The session has ended: signed out, or refused by the server. */
  | { readonly type: "ended" }
  /** To a leader whose term is over: who leads now. */
  | ({ readonly type: "outdated" } & Term)
  /** Where there are no locks: a tab is in view. */
  | { readonly type: "visible" }
  /** Where there are no locks: a tab is hidden, and asks whether another one is in view. */
  | { readonly type: "hidden" };

const shownText = v.pipe(shownSchema, v.nonEmpty("a text that can be shown"));
const entryFields = {
  ...sharedFields,
  status: statusSchema,
  noun: v.exactOptional(shownText),
  title: v.exactOptional(shownText),
  order: numberSchema,
};
const ownKey = 'the key "<kind>:<id>" of its kind and id';

/** A store's entry of an active job. */
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

/** A store's entry of a job that has ended. */
export const endedSchema = v.pipe(
  v.object(
    {
      ...entryFields,
      outcome: outcomeSchema,
      error: v.exactOptional(shownText),
      label: v.exactOptional(sentenceSchema),
      durationMs: v.exactOptional(v.pipe(numberSchema, v.minValue(0, "a number from 0 up"))),
      endedAt: timeSchema,
      seenActive: flagSchema,
      readState: readStateSchema,
      isListedOnly: flagSchema,
    },
    "an object",
  ),
  v.check((job) => job.key === jobKey(job), ownKey),
);

const sourceSchema = v.object({
  status: v.picklist(["connecting", "live", "lost"], "a status of a source"),
  kinds: v.array(v.string("a string"), "an array"),
  since: timeSchema,
  order: numberSchema,
  hasAnswered: flagSchema,
  clockOffsetMs: v.exactOptional(numberSchema),
  error: v.exactOptional(sentenceSchema),
});
const connectionSchema = v.record(v.string("a string"), sourceSchema);

const term = { from: v.string("a string"), term: timeSchema };

const messageSchema = v.variant(
  "type",
  [
    v.object({
      type: v.literal("patch"),
      ...term,
      isHidden: flagSchema,
      isCertain: flagSchema,
      isWhole: flagSchema,
      active: aList,
      ended: aList,
      gone: aList,
      connection: v.optional(v.unknown()),
    }),
    v.object({ type: v.literal("hello") }),
    v.object({ type: v.literal("hint"), job: v.unknown() }),
    v.object({ type: v.literal("readState"), keys: aList, readState: readStateSchema }),
    v.object({ type: v.literal("refresh") }),
    v.object({ type: v.literal("ended") }),
    v.object({ type: v.literal("outdated"), ...term }),
    v.object({ type: v.literal("visible") }),
    v.object({ type: v.literal("hidden") }),
  ],
  "a message of a known type",
);

type RawPatch = Extract<v.InferOutput<typeof messageSchema>, { type: "patch" }>;

/**
 * A message from another tab. What cannot be read of that which it lists goes to `report` and
 * costs only itself, and so does what is of a kind that the tabs do not share.
 *
 * @throws PayloadError if it is no message
 */
export function parseTabMessage(
  data: unknown,
  kinds: ReadonlySet<string>,
  report: ReportProblem,
): TabMessage {
  const message = parseAs(messageSchema, "tab message", data);
  if (message.type === "patch") return parsePatch(message, kinds, report);
  if (message.type === "hint") return { ...message, job: parseJob(message.job, report) };
  if (message.type !== "readState") return message;
  return { ...message, keys: parseList(keySchema, "keys", message.keys, report) };
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
      v.check(({ kind }) => kinds.has(kind), "a job of a kind that tabs share"),
    );
  return {
    ...head,
    active: parseList(ofSharedKind(activeSchema), "active", message.active, report),
    ended: parseList(ofSharedKind(endedSchema), "ended", message.ended, report),
    gone: parseList(keySchema, "gone", message.gone, report),
    ...(connection === undefined ? {} : { connection }),
  };
}

// Without the place in the list: one cause has one name, however many entries show it.
function parseList<Schema extends v.GenericSchema>(
  schema: Schema,
  field: string,
  list: readonly unknown[],
  report: ReportProblem,
): v.InferOutput<Schema>[] {
  return parseEach(list, (value) => parseAs(schema, `tab message.${field}`, value), report);
}
