import * as v from "valibot";
import { displayText, maxDisplayLength } from "../jobs/displayText.ts";
import { idSchema, keySchema, shownSchema, statusSchema, timeSchema } from "../jobs/fields.ts";
import { jobKey } from "../jobs/jobKinds.ts";

/** An order, or an amount of milliseconds. */
export const numberSchema = v.pipe(v.number("a number"), v.finite("a number that is finite"));

/** A yes or no. */
export const flagSchema = v.boolean("true or false");

/** A sentence that is shown: a label, or what went wrong. It may hold a text of full length. */
export const sentenceSchema = v.pipe(
  v.string("a string"),
  v.transform((text) => displayText(text, 2 * maxDisplayLength)),
);

/** What was done with the news that a job has ended. */
export const attentionSchema = v.picklist(
  ["unread", "read", "dismissed"],
  '"unread", "read" or "dismissed"',
);

const textSchema = v.pipe(shownSchema, v.nonEmpty("a text that can be shown"));

const entryFields = {
  key: keySchema,
  kind: v.string("a string"),
  id: idSchema,
  projectId: v.exactOptional(textSchema),
  order: numberSchema,
};

const ownKey = 'the key "<kind>:<id>" of its kind and id';

/** A store's entry of an active job. */
export const activeSchema = v.pipe(
  v.object(
    {
      ...entryFields,
      status: statusSchema,
      label: sentenceSchema,
      startedAt: timeSchema,
      serverTime: flagSchema,
      firstSeenAt: timeSchema,
    },
    "an object",
  ),
  v.check((job) => job.key === jobKey(job), ownKey),
);

/** A store's entry of a job that has ended. */
export const endedSchema = v.pipe(
  v.object(
    {
      ...entryFields,
      // Empty where it was only told that the job is over.
      status: v.union([v.literal(""), statusSchema], "a status"),
      error: v.exactOptional(textSchema),
      label: v.exactOptional(sentenceSchema),
      durationMs: v.exactOptional(v.pipe(numberSchema, v.minValue(0, "a number from 0 up"))),
      endedAt: timeSchema,
      seenActive: flagSchema,
      attention: attentionSchema,
      isListedOnly: flagSchema,
    },
    "an object",
  ),
  v.check((job) => job.key === jobKey(job), ownKey),
);
