import type { SourceName } from "../../jobs/jobKinds.ts";
import type { SourceConnection } from "../../store/connection.ts";

/** What a source's lists are called. */
export const sourceNouns: Readonly<Record<SourceName, string>> = {
  builds: "builds",
  runs: "servers",
};

/** Whether it is still open what the source will list. */
export function isAwaited({ status }: SourceConnection): boolean {
  return status === "off" || status === "connecting";
}
