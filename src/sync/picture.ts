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

/** What has changed between two states; `undefined` if nothing that is shared has. */
export function pictureOfChange(before: SharedState, after: SharedState): Picture | undefined {
  const active = changedEntries(before.backendJobs, after.backendJobs);
  const ended = changedEntries(before.endedJobs, after.endedJobs);
  const gone = Object.values(before.backendJobs)
    .filter(isShared)
    .map(({ key }) => key)
    .filter((key) => !(key in after.backendJobs) && !(key in after.endedJobs));
  const isSameConnection = before.connection === after.connection;
  if (active.length + ended.length + gone.length === 0 && isSameConnection) return undefined;
  const connection = isSameConnection ? {} : { connection: after.connection };
  return { isWhole: false, active, ended, gone, ...connection };
}

/** What is known of one job. */
export function pictureOfJob(state: SharedState, key: JobKey): Picture {
  const active = state.backendJobs[key];
  const ended = state.endedJobs[key];
  return { ...emptyPicture, active: active ? [active] : [], ended: ended ? [ended] : [] };
}

// What a host registered by hand belongs to its tab; the sources speak of the kinds in the table.
function isShared(entry: { readonly kind: string }): boolean {
  return findJobKind(entry.kind) !== undefined;
}

function changedEntries<Entry extends { readonly kind: string }>(
  before: Readonly<Record<string, Entry>>,
  after: Readonly<Record<string, Entry>>,
): Entry[] {
  if (before === after) return [];
  return Object.entries(after)
    .filter(([key, entry]) => before[key] !== entry)
    .map(([, entry]) => entry)
    .filter(isShared);
}
