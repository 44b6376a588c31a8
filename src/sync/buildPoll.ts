import { tick } from "../store/logicalClock.ts";
import { createBackoff } from "./backoff.ts";
import type { Cancel, SyncEnvironment } from "./environment.ts";
import { fetchJson, type JsonAnswer, UnauthorizedError } from "./fetchJson.ts";

/** How long one request may take, in ms. */
const requestTimeoutMs = 10_000;
/** The pace while the page is hidden, in ms. */
const hiddenIntervalMs = 60_000;

/** What is polled, and who hears of it. */
export interface BuildPollOptions {
  environment: SyncEnvironment;
  url: string;
  /** The pause between an answer and the next request while the page is visible, in ms. */
  pollIntervalMs: number;
  /** An answer, and when it was asked for. What it throws counts as a failure of the poll. */
  onAnswer: (answer: JsonAnswer, askedAt: number) => void;
  onFailure: (message: string) => void;
  /** The session has ended; the poll has stopped. */
  onUnauthorized: () => void;
}

/** The running poll. */
export interface BuildPoll {
  /** Polls at once; during a request, exactly once more after it. */
  refresh: () => void;
  /** Stops for good and aborts a request in flight. Safe twice. */
  stop: () => void;
}

/**
 * Polls the list of builds. Requests never overlap: the next one is scheduled when the last one
 * has settled, after the interval, or after a backoff if it failed.
 */
export function startBuildPoll(options: BuildPollOptions): BuildPoll {
  const { environment, url } = options;
  const backoff = createBackoff(environment.random);
  const stopping = new AbortController();
  const stopWaking = environment.onWake(refresh);
  let cancelNext: Cancel | undefined;
  let isAsking = false;
  let isWantedAgain = false;

  async function poll(): Promise<void> {
    cancelNext?.();
    isAsking = true;
    isWantedAgain = false;
    const delayMs = await ask();
    isAsking = false;
    if (stopping.signal.aborted) return;
    if (isWantedAgain) void poll();
    else cancelNext = environment.after(delayMs, () => void poll());
  }

  /** Resolves to the pause before the next request. */
  async function ask(): Promise<number> {
    const askedAt = tick();
    try {
      const request = { url, timeoutMs: requestTimeoutMs, signal: stopping.signal };
      const answer = await fetchJson(environment, request);
      if (stopping.signal.aborted) return 0;
      options.onAnswer(answer, askedAt);
      backoff.reset();
      return paced(options.pollIntervalMs);
    } catch (error) {
      if (!stopping.signal.aborted) takeFailure(error);
      return paced(backoff.nextDelayMs());
    }
  }

  function paced(delayMs: number): number {
    return environment.isHidden() ? Math.max(delayMs, hiddenIntervalMs) : delayMs;
  }

  function takeFailure(error: unknown): void {
    if (error instanceof UnauthorizedError) {
      stop();
      options.onUnauthorized();
    } else {
      options.onFailure(error instanceof Error ? error.message : String(error));
    }
  }

  function refresh(): void {
    if (stopping.signal.aborted) return;
    if (isAsking) isWantedAgain = true;
    else void poll();
  }

  function stop(): void {
    stopWaking();
    cancelNext?.();
    stopping.abort();
  }

  void poll();
  return { refresh, stop };
}
