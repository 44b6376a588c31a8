import type { SourceStatus } from "../../index.ts";

/** A job of a script; its times are told from now. */
export interface ScriptedJob {
  readonly kind: "build" | "run" | "deploy";
  readonly project: string;
  readonly status: string;
  /** How long ago it began, in s. */
  readonly startedAgo: number;
  /** How long it took, in s; only of one that has ended. */
  readonly took?: number;
  /** Why it failed. */
  readonly error?: string;
  /** How much of it is done, from 0 to 1. */
  readonly progress?: number;
  /** What it is doing, or waits for. */
  readonly message?: string;
}

/** What a store goes through until it is in the state that is to be shown. */
export interface StateScript {
  readonly title: string;
  /** How the backend is connected in the end; `off` without a sync. @default "live" */
  readonly connection?: SourceStatus | "off";
  /** Oldest first; none is known while it is still `connecting`. */
  readonly jobs?: readonly ScriptedJob[];
  /** Jobs that a host registered by hand, by their labels; they began a moment ago. */
  readonly byHand?: readonly string[];
  /** Sent after all jobs began, and without an answer yet. */
  readonly request?: string;
  /** Why its servers cannot be stopped, after somebody has tried. */
  readonly refusal?: string;
}
