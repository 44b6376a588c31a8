import { findJobKind } from "../jobs/jobKinds.ts";
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

/**
 * What has changed between two states, and what is known of the jobs that were asked about;
 * `undefined` if that is nothing.
 */
export function pictureOfChange(
  before: SharedState,
  after: SharedState,
  asked: ReadonlySet<string>,
): Picture | undefined {
  const active = changedEntries(before.backendJobs, after.backendJobs, asked);
  const ended = changedEntries(before.endedJobs, after.endedJobs, asked);
  const gone = Object.values(before.backendJobs)
    .filter(isShared)
    .map(({ key }) => key)
    .filter((key) => !(key in after.backendJobs) && !(key in after.endedJobs));
  const isSameConnection = before.connection === after.connection;
  if (active.length + ended.length + gone.length === 0 && isSameConnection) return undefined;
  const connection = isSameConnection ? {} : { connection: after.connection };
  return { isWhole: false, active, ended, gone, ...connection };
}

// What a host registered by hand belongs to its tab; the sources speak of the kinds in the table.
function isShared(entry: { readonly kind: string }): boolean {
  return findJobKind(entry.kind) !== undefined;
}

function changedEntries<Entry extends { readonly kind: string }>(
  before: Readonly<Record<string, Entry>>,
  after: Readonly<Record<string, Entry>>,
  asked: ReadonlySet<string>,
): Entry[] {
  if (before === after && asked.size === 0) return [];
  return Object.entries(after)
    .filter(([key, entry]) => before[key] !== entry || asked.has(key))
    .map(([, entry]) => entry)
    .filter(isShared);
}
