import type { JobKind } from "../../jobs/defineJobKind.ts";
import type { ActiveJob, Job, JobKey } from "../../jobs/job.ts";
import type { Cancel, SyncEnvironment } from "../environment.ts";

/** What keeps the jobs of some kinds true: a poll, a stream, or whatever else a backend has. */
export interface Source {
  /** Unique among the sources of a store: by it `connection` says how it stands. */
  readonly name: string;
  /** The kinds whose jobs it keeps true. Each kind has one source. */
  readonly kinds: readonly JobKind[];
  /** What tells it from the same source elsewhere, such as its URL: only tabs with the same share. */
  readonly key?: string | undefined;
  /** After how long without a word another attempt is begun beside it, in ms. @default 0: never */
  readonly silenceMs?: number | undefined;
  /**
   * Whether one tab runs it for all, or each tab for itself: a queue in the page, a cache.
   * @default "leader"
   */
  readonly runsIn?: "leader" | "everyTab" | undefined;
  /**
   * Begins one attempt and returns what ends it. It is begun again, after a backoff, whenever it
   * has called `lost`, was silent, or gave no snapshot within 15 s; so it needs no retry of its own.
   */
  readonly start: (sink: Sink, context: SourceContext) => Cancel;
}

/** What is known of a snapshot besides its jobs. */
export interface SnapshotOrigin {
  /**
   * The logical time (`tick()`) of the question that it answers. @default when the attempt last
   * spoke, which for its first word is when it began
   */
  readonly askedAt?: number | undefined;
  /** How old the answer was when it came, in ms: from a cache, say. @default 0 */
  readonly ageMs?: number | undefined;
  /** How far the server's clock is ahead of the client's, in ms. */
  readonly clockOffsetMs?: number | undefined;
}

/**
 * Where an attempt of a source puts what it found out. Each call is one write into the store; after
 * the attempt's end nothing gets through.
 */
export interface Sink {
  /** All jobs of a kind. A snapshot of every kind makes the source live. */
  snapshot: (kind: JobKind, jobs: readonly Job[], origin?: SnapshotOrigin) => void;
  /** Single jobs that have changed; none is a sign of life. Written together, a frame later. */
  update: (jobs: readonly Job[]) => void;
  /** Jobs that are no longer there, and nobody knows how they ended. */
  gone: (keys: readonly JobKey[]) => void;
  /** The source is live without having given a snapshot: it has none to give. */
  live: () => void;
  /**
   * The attempt is of no use any more. Another one follows after a backoff, and not before
   * `retryAfterMs`, of which five minutes are kept at the most.
   */
  lost: (why: string, about?: { readonly retryAfterMs?: number | undefined }) => void;
  /** The session has ended: the whole sync stops. */
  unauthorized: () => void;
  /** Something malformed came and was left out. */
  problem: (problem: Error) => void;
  /** Reads entries by their kind's `parse`. A bad one, or a second one of an id, costs only itself. */
  parse: (kind: JobKind, entries: readonly unknown[]) => Job[];
}

/** What an attempt may use of the world around it. Everything in it ends with the attempt. */
export interface SourceContext extends Pick<
  SyncEnvironment,
  "fetch" | "openEventSource" | "now" | "isHidden"
> {
  /** Aborts when the attempt ends. */
  readonly signal: AbortSignal;
  /** The same in all attempts of a source that runs: a key for what one leaves to the next. */
  readonly run: object;
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
  /** Calls with each active job of its kinds that the user has asked for, here or in another tab. */
  readonly onHint: (callback: (job: ActiveJob) => void) => void;
  /** The active jobs of its kinds, as they are known: for after a hand-over from another tab. */
  readonly jobs: () => readonly ActiveJob[];
}

/**
 * Defines a source of a host's own: a WebSocket, a push service, a cache. What surrounds it does,
 * once for all of them: backoff, waking, silence, batches, one for all tabs, and that stop is final.
 *
 * @throws TypeError for a source without a name or kinds, or one that names a kind twice
 */
export function defineSource(source: Source): Source {
  const { name, kinds } = source;
  if (typeof name !== "string" || name === "")
    throw new TypeError(
      `defineSource: name must be a string that is not empty; got ${JSON.stringify(name)}`,
    );
  const names = kinds.map((kind) => kind.name);
  if (names.length === 0)
    throw new TypeError(`defineSource: "${name}" must name the kinds that it keeps true`);
  const twice = names.find((kind, index) => names.indexOf(kind) !== index);
  if (twice !== undefined) throw new TypeError(`defineSource: "${name}" names "${twice}" twice`);
  return source;
}
