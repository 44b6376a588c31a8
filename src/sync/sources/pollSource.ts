import type { JobKey, JobKindName, SourceName } from "../../jobs/jobKinds.ts";
import type { Job, ReportProblem } from "../../jobs/wire.ts";
import type { Cancel } from "../environment.ts";
import { type Answer, fetchAnswer, RequestError } from "./fetchAnswer.ts";
import type { Source } from "./source.ts";

/** How long one request may take, in ms. */
const requestTimeoutMs = 10_000;
/** The pace while the page is hidden, in ms. */
const hiddenIntervalMs = 60_000;
/** The least pause while a job that was asked for here is active, in ms. */
const shortestPauseMs = 300;
/** For how long a cache that says nothing of itself is reckoned with, in ms: Varnish's default. */
const longestKeptMs = 120_000;

/** What is polled. */
export interface PollSourceOptions {
  name: SourceName;
  title: string;
  kind: JobKindName;
  url: string;
  /** The pause between an answer and the next request while the page is visible, in ms. */
  intervalMs: number;
  /** The jobs in an answer's body; what is left out of them goes to `report`. */
  list: (body: unknown, report: ReportProblem) => readonly Job[];
}

/** A list of jobs, and when it was true at the least. */
interface List {
  readonly text: string;
  readonly jobs: readonly Job[];
  readonly askedAt: number;
  readonly atMs: number;
}

/**
 * A source that asks for the whole list again and again. Requests never overlap: the next one is
 * sent an interval after the last answer. While a job that was asked for here is active, it is sent
 * after a quarter of the time for which that has been active, so that its end shows soon.
 */
export function pollSource({
  name,
  title,
  kind,
  url,
  intervalMs,
  list,
}: PollSourceOptions): Source {
  return {
    name,
    title,
    kinds: [kind],
    start(sink, context) {
      /** Since when jobs are active that were asked for here, client time. */
      const asked = new Map<JobKey, number>();
      const clock = createServerClock();
      let known: List | undefined;
      let cancelNext: Cancel | undefined;
      let isAsking = false;
      let isWantedAgain = false;

      async function poll(): Promise<void> {
        cancelNext?.();
        isAsking = true;
        isWantedAgain = false;
        const askedAt = context.tick();
        try {
          take(await fetchAnswer(context, url, requestTimeoutMs), askedAt);
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
        const { clockOffsetMs, standsStill } = clock.read(answer);
        const same = answer.text === known?.text ? known : undefined;
        known = keptSince(same, answer, standsStill) ?? {
          text: answer.text,
          jobs: same?.jobs ?? list(parseJson(answer), sink.problem),
          askedAt,
          atMs: answer.atMs,
        };
        sink.snapshot(kind, known.jobs, {
          askedAt: known.askedAt,
          ageMs: answer.ageMs,
          ...(clockOffsetMs !== undefined && { clockOffsetMs }),
        });
      }

      function fail(error: unknown): void {
        const { status, retryAfterMs } = error instanceof RequestError ? error : {};
        if (status === 401) sink.unauthorized();
        else sink.lost(error instanceof Error ? error.message : String(error), { retryAfterMs });
      }

      function pauseMs(): number {
        const active = new Set(context.jobs().map(({ key }) => key));
        for (const key of asked.keys()) if (!active.has(key)) asked.delete(key);
        if (asked.size > 0) {
          const activeMs = context.now() - Math.max(...asked.values());
          return Math.min(intervalMs, Math.max(shortestPauseMs, activeMs / 4));
        }
        return context.isHidden() ? Math.max(intervalMs, hiddenIntervalMs) : intervalMs;
      }

      function refresh(): void {
        if (isAsking) isWantedAgain = true;
        else void poll();
      }

      void poll();
      context.onWake(refresh);
      context.onHint((key) => {
        if (!asked.has(key)) asked.set(key, context.now());
        refresh();
      });
      return () => {};
    },
  };
}

// The very same text out of a cache may be as old as when it first came.
function keptSince(
  same: List | undefined,
  { mayBeKept, atMs }: Answer,
  standsStill: boolean,
): List | undefined {
  const isKept = same !== undefined && (mayBeKept || standsStill);
  return isKept && atMs - same.atMs < longestKeptMs ? same : undefined;
}

function parseJson({ text, contentType }: Answer): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new Error(`expected JSON, got ${contentType}`, { cause });
  }
}

/** Reads the server's clock off answers that it has just given. */
function createServerClock() {
  let last: { readonly dateMs: number; readonly atMs: number } | undefined;

  return {
    read({ dateMs, ageMs, atMs }: Answer): { clockOffsetMs?: number; standsStill: boolean } {
      if (dateMs === undefined) return { standsStill: false };
      // A clock goes on: an answer with the date of an earlier one comes out of a cache.
      if (last && dateMs <= last.dateMs) return { standsStill: atMs - last.atMs > 2_000 };
      last = { dateMs, atMs };
      return { standsStill: false, ...(ageMs === 0 && { clockOffsetMs: dateMs - atMs }) };
    },
  };
}
