import type { JobKind } from "../../jobs/defineJobKind.ts";
import type { ActiveJob, Job, JobKey } from "../../jobs/job.ts";
import { refuse } from "../../jobs/payload.ts";
import type { Cancel, SyncEnvironment } from "../environment.ts";

/** Keeps the jobs of some kinds true: a poll, a stream, or whatever else a backend has. */
export interface Source {
  /** Unique among the sources of a store: the key of the source's entry in `connection`. */
  readonly name: string;
  /** The kinds whose jobs it keeps true. Each kind has one source. */
  readonly kinds: readonly JobKind[];
  /**
   * Distinguishes it from the same source at another place: its URL, say. Only tabs whose sources
   * have the same key share them. @default ""
   */
  readonly key?: string | undefined;
  /** After how long without a sign of life another attempt is begun, in ms. @default 0: never */
  readonly silenceMs?: number | undefined;
  /**
   * Whether one tab runs it for all, or each tab for itself: a queue in the page, a cache.
   * @default "leader"
   */
  readonly runsIn?: "leader" | "everyTab" | undefined;
  /**
   * Begins one attempt and returns its end. The sync ends an attempt that called `lost` and begins
   * another after a backoff: so a source needs no retry of its own. It does the same with one that
   * is not live within 15 s. After `silenceMs` without a sign of life it begins another attempt
   * beside it, whose snapshots end this one. What it throws while `startBackendSync` runs, that
   * throws; what it throws later, as in a tab that is elected, surfaces as uncaught, and the source is
   * lost.
   */
  readonly start: (sink: Sink, context: SourceContext) => Cancel;
}

/** What is known of a snapshot besides its jobs. */
export interface SnapshotOrigin {
  /**
   * The logical time (`tick()`) of the question that it answers.
   * @default the last sign of life of the attempt, or its beginning
   */
  readonly askedAt?: number | undefined;
  /** How long the answer lay in a cache before it came, in ms. @default 0 */
  readonly ageMs?: number | undefined;
  /** How far the server's clock is ahead of the client's, in ms. @default not known */
  readonly clockOffsetMs?: number | undefined;
}

/**
 * Takes what an attempt of a source gives. Each call is one write into the store; once the attempt
 * has ended, calls do nothing.
 */
export interface Sink {
  /**
   * All jobs of a kind. Once each kind of the source has had a snapshot, the source is live.
   * @throws TypeError for another kind than that, or one that the source does not name
   */
  snapshot: (kind: JobKind, jobs: readonly Job[], origin?: SnapshotOrigin) => void;
  /**
   * Jobs that have changed, written 16 ms later with others. An empty list is a sign of life.
   * @throws TypeError for a job of a kind that the source does not name
   */
  update: (jobs: readonly Job[]) => void;
  /**
   * The keys of jobs that are no longer there, where nobody knows how they ended.
   * @throws TypeError for a key of a kind that the source does not name
   */
  gone: (keys: readonly JobKey[]) => void;
  /** Makes a source live that has no snapshots to give. */
  live: () => void;
  /**
   * Ends the attempt: its connection is lost, `why` for a person. Another one follows after a backoff
   * of up to 30 s, in a hidden page after a minute at the earliest, and never before `retryAfterMs`,
   * which counts as five minutes at the most.
   */
  lost: (why: string, about?: { readonly retryAfterMs?: number | undefined }) => void;
  /** Stops the whole sync: the server says that the session has ended. */
  unauthorized: () => void;
  /**
   * Gives an event as it came to those who listen to it by the sync's `onEvent`, in every tab; a sign
   * of life. Before the source is live it goes nowhere, and one of more than a million characters is
   * reported instead.
   */
  event: (name: string, data: string) => void;
  /** Reports something malformed that was left out. The attempt goes on. */
  problem: (problem: Error) => void;
  /** Reads entries by their kind's `parse`. A bad one, or a second one of an id, is left out. */
  parse: (kind: JobKind, entries: readonly unknown[]) => Job[];
}

/** What an attempt may use. Its timers and callbacks end with the attempt; `fetch` needs `signal`. */
export interface SourceContext extends Pick<
  SyncEnvironment,
  "fetch" | "openEventSource" | "now" | "isHidden"
> {
  /** Aborts when the attempt ends. */
  readonly signal: AbortSignal;
  /** The same object in all attempts of a start, as a key for what one attempt leaves to the next. */
  readonly run: object;
  /** The next reading of the logical clock, to date a question by. */
  readonly tick: () => number;
  /** Calls once after `ms` milliseconds, unless the attempt has ended or `Cancel` was called. */
  readonly after: (ms: number, callback: () => void) => Cancel;
  /**
   * Calls when the source should ask again at once: the page came into view, the network or another
   * source is back, or `refresh` was called. Where a source has no such callback, another attempt is
   * begun instead.
   */
  readonly onWake: (callback: () => void) => void;
  /**
   * Calls with each active job of its kinds that the user has asked for, here or in another tab: at
   * once with those of before, then with each to come.
   */
  readonly onHint: (callback: (job: ActiveJob) => void) => void;
  /**
   * Calls with the name of each event that somebody listens to by the sync's `onEvent`, here or in
   * another tab, once for each name: at once with those of before, then with each to come. It is for
   * an EventSource, which gives no event that it was not asked for by name.
   */
  readonly onListen: (callback: (event: string) => void) => void;
  /** The active jobs of its kinds in the store. After a hand-over they are those of the last leader. */
  readonly jobs: () => readonly ActiveJob[];
}

/**
 * Defines a source of a host's own: a WebSocket, a push service, a cache. The sync gives to each the
 * backoff, the checks on waking and on silence, the batches, one connection for all tabs, and a final
 * stop. Returns the source as it is.
 *
 * @throws TypeError for a source without a name or kinds, one that names a kind twice, or a `silenceMs`
 * that is no number of milliseconds
 */
export function defineSource(source: Source): Source {
  const { name, kinds, silenceMs = 0 } = source;
  if (typeof name !== "string" || name === "")
    refuse("defineSource", "name", "a string that is not empty", name);
  // The connections are a record by name, which tabs send to each other.
  if (name in {} || name === "prototype")
    refuse("defineSource", "name", "none that objects have by themselves", name);
  refuseBadSilence("defineSource", silenceMs);
  const names = kinds.map((kind) => kind.name);
  if (names.length === 0)
    throw new TypeError(`defineSource: "${name}" must name the kinds that it keeps true`);
  const twice = names.find((kind, index) => names.indexOf(kind) !== index);
  if (twice !== undefined) throw new TypeError(`defineSource: "${name}" names "${twice}" twice`);
  return source;
}

/** Refuses a `silenceMs`. @throws TypeError */
export function refuseBadSilence(call: string, silenceMs: number): void {
  if (silenceMs >= 0 && Number.isFinite(silenceMs)) return;
  refuse(call, "silenceMs", "a number of milliseconds, or 0 to turn it off", silenceMs);
}

/** The names of the kinds of a source. */
export function kindNames({ kinds }: Source): readonly string[] {
  return kinds.map(({ name }) => name);
}
