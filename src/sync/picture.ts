import { splitKey } from "../jobs/fields.ts";
import { findJobKind, type JobKey } from "../jobs/jobKinds.ts";
import type { BackendJobsSlice } from "../store/backendJobs.ts";
import type { ConnectionSlice } from "../store/connection.ts";
import type { MirroredJobs } from "../store/mirrorJobs.ts";

/** The part of the state that a leader shares with its followers. */
export type SharedState = Pick<BackendJobsSlice, "backendJobs" | "endedJobs"> &
  Pick<ConnectionSlice, "connection">;

/** A picture of the jobs, and the connection if that belongs to it. */
export interface Picture extends MirroredJobs {
  readonly connection?: ConnectionSlice["connection"];
}

/** Nothing new. */
export const emptyPicture: Picture = { isWhole: false, active: [], ended: [], gone: [] };

/** The whole picture. */
export function wholePicture(state: SharedState): Picture {
  return {
    isWhole: true,
    active: Object.values(state.backendJobs).filter(isShared),
    ended: Object.values(state.endedJobs).filter(isShared),
    gone: [],
    connection: state.connection,
  };
}

/** The jobs that a write has changed. */
export function changedKeys(before: SharedState, after: SharedState): JobKey[] {
  return [
    ...differing(before.backendJobs, after.backendJobs),
    ...differing(before.endedJobs, after.endedJobs),
  ];
}

/** What is known of jobs that have changed, and of those that were asked about. */
export function pictureOfJobs(
  { backendJobs, endedJobs }: SharedState,
  changed: ReadonlySet<JobKey>,
  asked: ReadonlySet<JobKey>,
): Picture {
  const keys = [...new Set([...changed, ...asked])];
  return {
    isWhole: false,
    active: keys.flatMap((key) => backendJobs[key] ?? []).filter(isShared),
    ended: keys.flatMap((key) => endedJobs[key] ?? []).filter(isShared),
    gone: [...changed].filter(
      (key) => isShared(splitKey(key)) && !(key in backendJobs) && !(key in endedJobs),
    ),
  };
}

/** Whether a picture says nothing. */
export function isEmpty({ active, ended, gone, connection }: Picture): boolean {
  return active.length + ended.length + gone.length === 0 && connection === undefined;
}

// What a host registered by hand belongs to its tab; the sources speak of the kinds in the table.
function isShared(entry: { readonly kind: string }): boolean {
  return findJobKind(entry.kind) !== undefined;
}

function differing<Entry extends { readonly key: JobKey }>(
  before: Readonly<Record<string, Entry>>,
  after: Readonly<Record<string, Entry>>,
): JobKey[] {
  if (before === after) return [];
  const changed = Object.values(after).filter((entry) => before[entry.key] !== entry);
  const removed = Object.values(before).filter(({ key }) => !Object.hasOwn(after, key));
  return [...changed, ...removed].map(({ key }) => key);
}
