import type { JobKey, JobKindName, SourceName } from "../../jobs/jobKinds.ts";
import type { PayloadError } from "../../jobs/PayloadError.ts";
import type { Job } from "../../jobs/wire.ts";
import type { BackendJob } from "../../store/jobEntries.ts";
import type { Cancel, SyncEnvironment } from "../environment.ts";

/** What keeps the jobs of some kinds true: a poll, a stream, or whatever else a backend has. */
export interface Source {
  readonly name: SourceName;
  /** What its failures are told by: "Builds: HTTP 502". */
  readonly title: string;
  readonly kinds: readonly JobKindName[];
  /** After how long without a word another attempt is begun beside it, in ms. @default 0: never */
  readonly silenceMs?: number;
  /**
   * Begins one attempt and returns what ends it. It is begun again, after a backoff, whenever it
   * has called `lost`, was silent, or gave no snapshot in time; so it needs no retry of its own.
   */
  readonly start: (sink: Sink, context: SourceContext) => Cancel;
}

/** What is known of a snapshot besides its jobs. */
export interface SnapshotOrigin {
  /**
   * The logical time (`tick()`) of the question that it answers. @default when the attempt last
   * spoke, which for its first word is when it began
   */
  readonly askedAt?: number;
  /** How old the answer was when it came, in ms: from a cache, say. @default 0 */
  readonly ageMs?: number;
  /** How far the server's clock is ahead of the client's, in ms. */
  readonly clockOffsetMs?: number;
}

/** Where an attempt of a source puts what it found out. After its end nothing gets through. */
export interface Sink {
  /** All jobs of a kind. A snapshot of every kind makes the source live. */
  snapshot: (kind: JobKindName, jobs: readonly Job[], origin?: SnapshotOrigin) => void;
  /** Single jobs that have changed; none is a sign of life. Written together, a frame later. */
  update: (jobs: readonly Job[]) => void;
  /** The source is live without having given a snapshot: it has none to give. */
  live: () => void;
  /** The attempt is of no use any more. Another one follows after a backoff. */
  lost: (why: string, about?: { readonly retryAfterMs?: number | undefined }) => void;
  /** The session has ended. */
  unauthorized: () => void;
  /** Something malformed came and was left out. */
  problem: (problem: PayloadError) => void;
}

/** What an attempt may use of the world around it. Everything in it ends with the attempt. */
export interface SourceContext extends Pick<
  SyncEnvironment,
  "fetch" | "openEventSource" | "now" | "isHidden"
> {
  /** Aborts when the attempt ends. */
  readonly signal: AbortSignal;
  /** The next reading of the logical clock, to date a question by. */
  readonly tick: () => number;
  /** Calls once after `ms` milliseconds. */
  readonly after: (ms: number, callback: () => void) => Cancel;
  /**
   * Calls when what is known should be looked at again: the page came into view, the network or
   * another source is back, somebody wants a refresh. A source without it is begun again beside
   * itself instead.
   */
  readonly onWake: (callback: () => void) => void;
  /** Calls with each active job of its kinds that the user has asked for in this browser. */
  readonly onHint: (callback: (key: JobKey) => void) => void;
  /** The active jobs of its kinds, as they are known. */
  readonly jobs: () => readonly BackendJob[];
}
