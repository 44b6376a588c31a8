import type { ActivityState } from "../../store/activityStore.ts";

/** How far the server's clock is ahead of the browser's, in ms; `undefined` while not known. */
export function selectClockOffset({ connection }: ActivityState): number | undefined {
  return connection.builds.clockOffsetMs;
}
