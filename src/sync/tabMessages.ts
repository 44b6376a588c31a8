import * as v from "valibot";
import { keySchema, parseAs, timeSchema } from "../jobs/fields.ts";
import { findJobKind, type JobKey, type SourceName } from "../jobs/jobKinds.ts";
import { type Job, parseEach, parseHint, reporting, type ReportProblem } from "../jobs/wire.ts";
import type { SourceConnection } from "../store/connection.ts";
import type { Attention } from "../store/endedJob.ts";
import type { MirroredJobs } from "../store/mirrorJobs.ts";
import {
  activeSchema,
  attentionSchema,
  endedSchema,
  flagSchema,
  numberSchema,
  sentenceSchema,
} from "./entrySchemas.ts";
import type { Word } from "./terms.ts";

/** Tabs that speak another version use another channel and another lock: they never mix. */
export const protocolVersion = 2;

/** The leader's word: what is new since its last one, or the whole; empty as a sign of life. */
export interface Report extends MirroredJobs, Word {
  readonly type: "report";
  readonly isHidden: boolean;
  /** Whether it has heard from the server: only then are jobs gone that the whole does not list. */
  readonly isCertain: boolean;
  readonly connection?: Readonly<Record<SourceName, SourceConnection>>;
}

/** What tabs say to each other. */
export type TabMessage =
  | Report
  /** A tab has joined, or has missed something, and asks for the whole picture. */
  | { readonly type: "hello" }
  /** The answer to a request of the user's in a tab that does not lead. */
  | { readonly type: "hint"; readonly job: Job }
  /** News of ended jobs were read or dismissed in a tab that does not lead. */
  | {
      readonly type: "attention";
      readonly keys: readonly JobKey[];
      readonly attention: Attention;
    }
  /** A tab wants the builds polled at once. */
  | { readonly type: "refresh" }
  /** The session has ended: signed out, or refused by the server. */
  | { readonly type: "ended" }
  /** To a leader whose term is over: who leads now. */
  | ({ readonly type: "outdated" } & Word)
  /** Where there are no locks: a tab is in view. */
  | { readonly type: "visible" }
  /** Where there are no locks: a tab is hidden, and asks whether another one is in view. */
  | { readonly type: "hidden" };

/** The tab that leads, and since when: what an older leader says is ignored. */
const word = { from: v.string("a string"), term: timeSchema };

const sourceSchema = v.object({
  status: v.picklist(["off", "connecting", "live", "lost"], "a status of a source"),
  since: timeSchema,
  order: numberSchema,
  hasAnswered: v.boolean(),
  clockOffsetMs: v.exactOptional(numberSchema),
  error: v.exactOptional(sentenceSchema),
});

const connectionSchema = v.object({ runs: sourceSchema, builds: sourceSchema });

// What a message lists is looked at one by one, after the message itself.
const aList = v.array(v.unknown(), "an array");

const messageSchema = v.variant(
  "type",
  [
    v.object({
      type: v.literal("report"),
      ...word,
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
    v.object({ type: v.literal("attention"), keys: aList, attention: attentionSchema }),
    v.object({ type: v.literal("refresh") }),
    v.object({ type: v.literal("ended") }),
    v.object({ type: v.literal("outdated"), ...word }),
    v.object({ type: v.literal("visible") }),
    v.object({ type: v.literal("hidden") }),
  ],
  "a message of a known type",
);

type RawReport = Extract<v.InferOutput<typeof messageSchema>, { type: "report" }>;

const isShared = ({ kind }: { kind: string }) => findJobKind(kind) !== undefined;
const ofSharedKind = "a job of a kind that tabs share";
const sharedActive = v.pipe(
  activeSchema,
  v.check((job) => isShared(job), ofSharedKind),
);
const sharedEnded = v.pipe(
  endedSchema,
  v.check((job) => isShared(job), ofSharedKind),
);

/**
 * A message from another tab. What cannot be read of that which it lists goes to `report` and
 * costs only itself.
 *
 * @throws PayloadError if it is no message
 */
export function parseTabMessage(data: unknown, report: ReportProblem): TabMessage {
  const message = parseAs(messageSchema, "tab message", data);
  if (message.type === "report") return parseReport(message, report);
  if (message.type === "hint") return { ...message, job: parseHint(message.job, report) };
  if (message.type !== "attention") return message;
  return { ...message, keys: parseList(keySchema, "keys", message.keys, report) };
}

function parseReport(message: RawReport, report: ReportProblem): Report {
  const { connection: given, ...head } = message;
  const connection =
    given === undefined
      ? undefined
      : reporting(() => parseAs(connectionSchema, "tab message.connection", given), report);
  return {
    ...head,
    active: parseList(sharedActive, "active", message.active, report),
    ended: parseList(sharedEnded, "ended", message.ended, report),
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
