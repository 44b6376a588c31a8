import type { JobKindName } from "../../jobs/jobKinds.ts";

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

/** What a store went through until it is in the state that is to be shown. */
export interface StateScript {
  readonly title: string;
  /** Oldest first. */
  readonly jobs?: readonly ScriptedJob[];
  /** Sent after all jobs began, and without an answer yet. */
  readonly request?: string;
  /** Whether the connection has been lost for longer than a moment. @default false */
  readonly isLost?: boolean;
}
