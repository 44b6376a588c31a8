import * as v from "valibot";
import { parseBy, shownText } from "./readJson.ts";

const syncedSchema = v.object({ commitSha: shownText, message: shownText });

/** What a repository was synced to. */
export type Synced = v.InferOutput<typeof syncedSchema>;

/** The answer to a sync. @throws PayloadError */
export function parseSynced(body: unknown): Synced {
  return parseBy(syncedSchema, "sync", body);
}
