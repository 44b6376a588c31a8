import type { ActivityState } from "../../../src/store/activityStore.ts";
import type { BackendJob } from "../../../src/store/entries.ts";

/** Something is not as it must be. */
class BrokenRule extends Error {
  override readonly name = "BrokenRule";
}

type Jobs = ActivityState["backendJobs"];

/** @throws BrokenRule if `holds` is false */
export function must(holds: boolean, rule: string, words: () => string): void {
  if (!holds) throw new BrokenRule(`${rule}: ${words()}`);
}

/** The job of that key, if it is shown as active. */
export function shown(state: { readonly backendJobs: Jobs }, key: string): BackendJob | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the store has are keys
  return Object.hasOwn(state.backendJobs, key) ? state.backendJobs[key as keyof Jobs] : undefined;
}

/** Whether a step has changed nothing but requests. */
export function sameEvidence(a: ActivityState, b: ActivityState): boolean {
  return sameJobs(a, b) && a.connection === b.connection;
}

/** Whether a step has changed no job. */
export function sameJobs(a: ActivityState, b: ActivityState): boolean {
  return a.backendJobs === b.backendJobs && a.endedJobs === b.endedJobs;
}

/** What a step has changed, in words. */
export function difference(a: ActivityState, b: ActivityState): string {
  return `${evidenceIn(a)} to ${evidenceIn(b)}`;
}

function evidenceIn({ backendJobs, endedJobs, connection }: ActivityState): string {
  return JSON.stringify({ backendJobs, endedJobs, connection });
}

/** How the sources stand; one that does not run is `off`. */
export function sourcesOf({ connection }: Pick<ActivityState, "connection">) {
  const { runs, builds, deploys } = connection;
  const { status: ofRuns = "off" } = runs ?? {};
  const { status: ofBuilds = "off" } = builds ?? {};
  const { status: ofDeploys = "off" } = deploys ?? {};
  return {
    runs: { status: ofRuns },
    builds: { status: ofBuilds },
    deploys: { status: ofDeploys },
  } as const;
}
