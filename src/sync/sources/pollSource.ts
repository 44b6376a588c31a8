import type { JobKind } from "../../jobs/defineJobKind.ts";
import type { Job, JobKey } from "../../jobs/job.ts";
import { parseJson, PayloadError, refuse } from "../../jobs/payload.ts";
import { memoizeByObject } from "../../store/memoizeByObject.ts";
import type { Cancel } from "../environment.ts";
import { type Answer, fetchAnswer, RequestError } from "./fetchAnswer.ts";
import { type ReadList, rememberEntries } from "./knownEntries.ts";
import { defineSource, type SnapshotOrigin, type Source } from "./source.ts";

/** How long one request may take, in ms. */
const requestTimeoutMs = 10_000;
/** The shortest interval while the page is hidden, in ms. */
const hiddenIntervalMs = 60_000;
/** The shortest pause while a hinted job is active, in ms. */
const shortestPauseMs = 300;
/** How long a cache without an `Age` header may keep an answer, in ms: Varnish's default TTL. */
const longestKeptMs = 120_000;
/** The longest that a browser's timer can wait, in ms (WHATWG HTML, timers: a 32-bit integer). */
const maxTimerMs = 2 ** 31 - 1;

/** Options of {@link pollSource}. */
export interface PollSourceOptions<Raw> {
  /** The kind of all its jobs. It is not asked again about an entry that is as it was. */
  kind: JobKind<Raw>;
  /** @default the kind's name */
  name?: string | undefined;
  /** Where the list is; a function is called for each request. */
  url: string | (() => string);
  /** Picks the entries out of the answer's parsed JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a host's own types for its body fit
  list: (body: any) => readonly unknown[];
  /** The pause between an answer and the next request while the page is visible, in ms. @default 5_000 */
  intervalMs?: number | undefined;
  /** Headers, credentials and the like of each request. Its `cache` stands in for "no-cache". */
  init?: RequestInit | undefined;
}

/** A list of jobs, and when it was true. */
interface List {
  readonly text: string;
  readonly jobs: readonly Job[];
  readonly origin: SnapshotOrigin;
  /** When its answer came: client time, epoch ms. */
  readonly atMs: number;
}

/** What one attempt leaves to the next. */
interface PollMemory {
  known?: List;
  lastAnswer?: Answer;
  /** When each hinted job that is active was first hinted: client time, epoch ms. */
  readonly hintedMs: Map<JobKey, number>;
  readonly readKnown: (read: ReadList) => Job[];
}

/**
 * Creates a source that asks for the whole list again and again. Requests never overlap: the next one
 * is sent an interval after the last answer, and while the page is hidden after a minute at the
 * earliest. While a job that the user has asked for is active, the pause is a quarter of the time that
 * has passed since, from 300 ms up to that interval or minute, so that the job's end shows soon.
 *
 * A request may take 10 s. An answer of 401 ends the session; any other that cannot be used makes the
 * source lost, and its `Retry-After` is kept.
 *
 * @throws TypeError for an interval that is no number of milliseconds, or longer than a timer can wait
 */
export function pollSource<Raw>(options: PollSourceOptions<Raw>): Source {
  const { kind, name = kind.name, url, list, intervalMs = 5_000, init } = options;
  refuseBadInterval("pollSource", "intervalMs", intervalMs);
  const memoryOf = memoizeByObject<object, PollMemory>(() => ({
    hintedMs: new Map(),
    readKnown: rememberEntries(kind),
  }));

  return defineSource({
    name,
    kinds: [kind],
    ...(typeof url === "string" && { key: url }),
    start(sink, context) {
      const memory = memoryOf(context.run);
      let cancelNext: Cancel | undefined;
      let isAsking = false;
      let isWantedAgain = false;

      async function poll(): Promise<void> {
        cancelNext?.();
        isAsking = true;
        isWantedAgain = false;
        const askedAt = context.tick();
        try {
          const answer = await fetchAnswer(context, {
            url: typeof url === "string" ? url : url(),
            init,
            timeoutMs: requestTimeoutMs,
            last: memory.lastAnswer,
          });
          take(answer, askedAt);
        } catch (error) {
          fail(error);
        }
        isAsking = false;
        if (context.signal.aborted) return;
        if (isWantedAgain) void poll();
        else cancelNext = context.after(pauseMs(), () => void poll());
      }

      function take(answer: Answer, askedAt: number): void {
        if (context.signal.aborted) return;
        const { jobs, origin } = dateList(memory, answer, askedAt, readJobs);
        sink.snapshot(kind, jobs, origin);
      }

      function readJobs({ text, contentType }: Answer): readonly Job[] {
        const entries: unknown = list(readBody(text, contentType));
        if (Array.isArray(entries))
          return Object.freeze(memory.readKnown((by) => sink.parse(by, entries)));
        throw new PayloadError(`${name}: the answer`, "a list of entries", entries);
      }

      function fail(error: unknown): void {
        if (error instanceof PayloadError) sink.problem(error);
        const { status, retryAfterMs } = error instanceof RequestError ? error : {};
        if (status === 401) sink.unauthorized();
        else sink.lost(error instanceof Error ? error.message : String(error), { retryAfterMs });
      }

      function pauseMs(): number {
        const longestMs = context.isHidden() ? Math.max(intervalMs, hiddenIntervalMs) : intervalMs;
        const active = new Set(context.jobs().map(({ key }) => key));
        for (const key of memory.hintedMs.keys()) if (!active.has(key)) memory.hintedMs.delete(key);
        if (memory.hintedMs.size === 0) return longestMs;
        const activeMs = context.now() - Math.max(...memory.hintedMs.values());
        // The clock was set back: without this the pause would stay at its shortest for hours.
        return activeMs < 0
          ? longestMs
          : Math.min(longestMs, Math.max(shortestPauseMs, activeMs / 4));
      }

      function refresh(): void {
        if (isAsking) isWantedAgain = true;
        else void poll();
      }

      void poll();
      context.onWake(refresh);
      context.onHint(({ key }) => {
        if (memory.hintedMs.has(key)) return;
        memory.hintedMs.set(key, context.now());
        refresh();
      });
      return () => {};
    },
  });
}

/** Refuses an interval. @throws TypeError that names the option */
export function refuseBadInterval(call: string, option: string, ms: number): void {
  if (ms > 0 && ms <= maxTimerMs) return;
  refuse(call, option, "a number of milliseconds above 0, such as 5_000", ms);
}

function readBody(text: string, contentType: string): unknown {
  try {
    return parseJson("the answer", text);
  } catch (cause) {
    throw new Error(`expected JSON, got ${contentType}`, { cause });
  }
}

/** The jobs of an answer, and when they were true. A text that has not changed is not read again. */
function dateList(
  memory: PollMemory,
  answer: Answer,
  askedAt: number,
  readJobs: (answer: Answer) => readonly Job[],
): Pick<List, "jobs" | "origin"> {
  const { text, atMs, mayBeKept } = answer;
  const same = text === memory.known?.text ? memory.known : undefined;
  const { origin, isFresh } = dateAnswer(answer, memory.lastAnswer, askedAt);
  memory.lastAnswer = answer;
  // The same text may come out of a cache, and then is as old as when it first came.
  const keptMs = atMs - (same?.atMs ?? atMs);
  // Once the clock was set back nobody knows for how long, and to keep it on might take hours.
  const mayStillBeKept = keptMs >= 0 && keptMs < longestKeptMs;
  const isKept = same && (mayBeKept || !isFresh) && mayStillBeKept;
  const known = isKept ? same : { text, jobs: same?.jobs ?? readJobs(answer), origin, atMs };
  memory.known = known;
  const { askedAt: knownAt, ageMs: knownMs = 0 } = known.origin;
  // What was old when it first came has aged since; this answer's headers may say that it is older.
  const agedMs = knownMs > 0 ? knownMs + atMs - known.atMs : 0;
  const ageMs = Math.max(agedMs, origin.ageMs ?? 0);
  return {
    jobs: known.jobs,
    origin: { askedAt: knownAt, ageMs, clockOffsetMs: origin.clockOffsetMs },
  };
}

/**
 * Finds out when an answer was true. A server's `Date` moves on: an answer whose date is that of the
 * last one, though time has passed, comes out of a cache; one with an earlier date is older still.
 */
function dateAnswer(
  { dateMs, ageMs, atMs, mayBeKept }: Answer,
  last: Pick<Answer, "dateMs" | "atMs"> | undefined,
  askedAt: number,
): { origin: SnapshotOrigin; isFresh: boolean } {
  if (dateMs === undefined) return { origin: { askedAt, ageMs }, isFresh: true };
  const passedMs = atMs - (last?.atMs ?? atMs);
  const byMs = dateMs - (last?.dateMs ?? Number.NEGATIVE_INFINITY);
  if (byMs > 0) {
    const clock = ageMs === 0 ? { clockOffsetMs: dateMs - atMs } : {};
    return { origin: { askedAt, ageMs, ...clock }, isFresh: true };
  }
  const isOlder = byMs < -1_000 && mayBeKept;
  const olderMs = isOlder ? passedMs - byMs : 0;
  return { origin: { askedAt, ageMs: Math.max(ageMs, olderMs) }, isFresh: passedMs <= 2_000 };
}
