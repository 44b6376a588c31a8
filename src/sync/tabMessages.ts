import * as v from "valibot";
import type { JobKey, SourceName } from "../jobs/jobKinds.ts";
import type { Job } from "../jobs/wire.ts";
import { PayloadError } from "../jobs/PayloadError.ts";
import type { SourceConnection } from "../store/connection.ts";
import type { Attention } from "../store/endedJob.ts";
import type { MirroredJobs } from "../store/mirrorJobs.ts";
import {
  activeSchema,
  attentionSchema,
  endedSchema,
  jobFields,
  keySchema,
  numberSchema,
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
  | ({ readonly type: "outdated" } & Word);

const jobSchema = v.object({
  ...jobFields,
  createdAt: v.exactOptional(numberSchema),
  startedAt: v.exactOptional(numberSchema),
  finishedAt: v.exactOptional(numberSchema),
  error: v.exactOptional(v.string()),
});

/** The tab that leads, and since when: what an older leader says is ignored. */
const word = { from: v.string(), term: numberSchema };

const sourceSchema = v.object({
  status: v.picklist(["off", "connecting", "live", "lost"]),
  since: numberSchema,
  order: numberSchema,
  hasAnswered: v.boolean(),
  clockOffsetMs: v.exactOptional(numberSchema),
  error: v.exactOptional(v.string()),
});

const messageSchema = v.variant("type", [
  v.object({
    type: v.literal("report"),
    ...word,
    isHidden: v.boolean(),
    isCertain: v.boolean(),
    isWhole: v.boolean(),
    active: v.array(activeSchema),
    ended: v.array(endedSchema),
    gone: v.array(keySchema),
    connection: v.exactOptional(v.object({ runs: sourceSchema, builds: sourceSchema })),
  }),
  v.object({ type: v.literal("hello") }),
  v.object({ type: v.literal("hint"), job: jobSchema }),
  v.object({
    type: v.literal("attention"),
    keys: v.array(keySchema),
    attention: attentionSchema,
  }),
  v.object({ type: v.literal("refresh") }),
  v.object({ type: v.literal("ended") }),
  v.object({ type: v.literal("outdated"), ...word }),
]);

/** A message from another tab. @throws PayloadError if it is none */
export function parseTabMessage(data: unknown): TabMessage {
  const parsed = v.safeParse(messageSchema, data);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  const what = path === null ? "tab message" : `tab message.${path}`;
  throw new PayloadError(what, issue.expected ?? "another shape", issue.input);
}
