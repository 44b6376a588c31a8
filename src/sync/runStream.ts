import { PayloadError } from "../jobs/PayloadError.ts";
import { tick } from "../store/logicalClock.ts";
import { createBackoff } from "./backoff.ts";
import type { Cancel, SyncEnvironment, WakeReason } from "./environment.ts";
import { startSilenceWatch } from "./silenceWatch.ts";
import {
  answerTimeoutMs,
  openStreamConnection,
  type StreamConnection,
} from "./streamConnection.ts";

/** Where the stream is, and who hears of it. */
export interface RunStreamOptions {
  environment: SyncEnvironment;
  url: string;
  /** After how long without an event the connection is replaced, in ms; 0 for never. */
  silenceMs: number;
  /** A snapshot, and when it was asked for. @throws PayloadError if it cannot be used */
  onInit: (data: string, askedAt: number) => void;
  onUpdate: (data: string) => void;
  /** Another snapshot is about to be asked for. */
  onConnecting: () => void;
  onLive: () => void;
  onLost: (message: string) => void;
}

/** The running stream. */
export interface RunStream {
  stop: () => void;
}

/**
 * Keeps one good connection to the stream of runs, through drops, silence and sleep.
 *
 * `current` is the connection that is believed; `attempt` the one that is being opened to take its
 * place. A connection is good, and resets the backoff, only with its first event: a server that
 * accepts and closes at once must not be met again at once.
 */
export function startRunStream(options: RunStreamOptions): RunStream {
  const { environment, url } = options;
  const backoff = createBackoff(environment.random);
  const silence = startSilenceWatch(environment, options.silenceMs, () => current && connect());
  const stopWaking = environment.onWake(wake);
  let current: StreamConnection | undefined;
  let attempt: StreamConnection | undefined;
  let cancelRetry: Cancel | undefined;
  // Older servers have no `init`: from them an open connection is all that can be expected.
  let hasSeenInit = false;
  let isStopped = false;
  let attemptedAt = 0;

  function connect(): void {
    cancelRetry?.();
    cancelRetry = undefined;
    const timeoutMs = answerTimeLeft();
    attempt?.close();
    options.onConnecting();
    // Whoever heard of what was applied then may have stopped the stream.
    if (isStopped) return;
    const askedAt = tick();
    const connection = openStreamConnection(
      { environment, url, expectsEvent: hasSeenInit, timeoutMs },
      {
        onOpen: () => !hasSeenInit && adopt(connection),
        onInit: (data) => takeInit(connection, data, askedAt),
        onUpdate(data) {
          prove(connection);
          options.onUpdate(data);
        },
        onFailure: lose,
      },
    );
    attempt = connection;
  }

  // While a silent connection is being replaced it still counts as live: for no longer than one
  // answer may take, however often the browser wakes meanwhile.
  function answerTimeLeft(): number {
    if (!current || !attempt) attemptedAt = environment.now();
    const spentMs = Math.abs(environment.now() - attemptedAt);
    return Math.max(0, answerTimeoutMs - spentMs);
  }

  function takeInit(connection: StreamConnection, data: string, askedAt: number): void {
    hasSeenInit = true;
    let isUsable = true;
    try {
      options.onInit(data, askedAt);
    } catch (problem) {
      if (!(problem instanceof PayloadError)) throw problem;
      isUsable = false;
      lose(problem.message);
    } finally {
      // A subscriber of the store that throws costs no connection.
      if (isUsable) prove(connection);
    }
  }

  function adopt(connection: StreamConnection): void {
    if (connection === current) return;
    current?.close();
    current = connection;
    attempt = undefined;
    silence.heard();
  }

  function prove(connection: StreamConnection): void {
    adopt(connection);
    silence.heard();
    backoff.reset();
    options.onLive();
  }

  function lose(message: string): void {
    closeAll();
    // Before anybody hears of it, so that whoever stops the stream then stops this too.
    cancelRetry = environment.after(backoff.nextDelayMs(), connect);
    options.onLost(message);
  }

  function wake(reason: WakeReason): void {
    // Coming back into view is no reason to doubt a connection, the other two are.
    if (reason !== "visible" || cancelRetry) connect();
    else silence.check();
  }

  function closeAll(): void {
    cancelRetry?.();
    attempt?.close();
    current?.close();
    attempt = current = undefined;
  }

  function stop(): void {
    isStopped = true;
    stopWaking();
    silence.stop();
    closeAll();
  }

  try {
    connect();
  } catch (error) {
    // No EventSource here, or a URL that it refuses: nothing of this start may stay behind.
    stop();
    throw error;
  }
  return { stop };
}
