import type { JobKindName } from "../jobs/jobKinds.ts";
import type { SourceStatus } from "../../index.ts";

/** A job of a script; its times are told from now. */
export interface ScriptedJob {
  readonly kind: JobKindName;
  readonly project: string;
  readonly status: string;
  /** How long ago it began, in s. */
  readonly startedAgo: number;
  /** How long it took, in s; only of one that has ended. */
  readonly took?: number;
  /** Why it failed. */
  readonly error?: string;
}

/** How the sources stand; `off` without a sync. */
export type ScriptedConnection = SourceStatus | "off";

/** What a store went through until it is in the state that is to be shown. */
export interface StateScript {
  readonly title: string;
  /** Oldest first. */
  readonly jobs?: readonly ScriptedJob[];
  /** Sent after all jobs began, and without an answer yet. */
  readonly request?: string;
  /** Jobs that a host registered by hand, by their labels; they began a moment ago. */
  readonly byHand?: readonly string[];
  /** How both sources stand, since longer than a moment; `lost` is that of runs. @default "live" */
  readonly connection?: ScriptedConnection;
  /** Why its servers cannot be stopped, after somebody has tried. */
  readonly refusal?: string;
}
