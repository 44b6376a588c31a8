import * as v from "valibot";
import type { JobKey } from "../jobs/jobKinds.ts";

/** A time or an order. */
export const numberSchema = v.pipe(v.number(), v.finite());

/** A job's key. */
export const keySchema = v.custom<JobKey>(
  (value) => typeof value === "string" && /^[^:]+:./s.test(value),
);

/** What was done with the news that a job has ended. */
export const attentionSchema = v.picklist(["unread", "read", "dismissed"]);

/** What every entry says of its job. */
export const jobFields = {
  kind: v.string(),
  id: v.string(),
  projectId: v.exactOptional(v.string()),
  status: v.string(),
};

/** A store's entry of an active job. */
export const activeSchema = v.object({
  ...jobFields,
  key: keySchema,
  label: v.string(),
  startedAt: numberSchema,
  serverTime: v.boolean(),
  firstSeenAt: numberSchema,
  order: numberSchema,
});

/** A store's entry of a job that has ended. */
export const endedSchema = v.object({
  ...jobFields,
  key: keySchema,
  error: v.exactOptional(v.string()),
  label: v.exactOptional(v.string()),
  durationMs: v.exactOptional(numberSchema),
  endedAt: numberSchema,
  order: numberSchema,
  seenActive: v.boolean(),
  attention: attentionSchema,
  isListedOnly: v.boolean(),
});
