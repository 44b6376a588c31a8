import type { SyncEnvironment, WakeReason } from "../sync/environment.ts";
import { createFakeClock } from "./clock.ts";
import { createFakeEventSource, type FakeEventSource } from "./eventSource.ts";
import { createSeededRandom } from "./random.ts";
import { createFakeRequest, type FakeRequest } from "./request.ts";

/** Deeper than any chain of promises in `src/sync`. */
const microtaskDepth = 40;

/** How the world begins. */
export interface FakeEnvironmentOptions {
  /** The wall clock at the start, epoch ms. @default noon, 5 January 2026, UTC */
  startAt?: number;
  /** The seed of `random`. @default 1 */
  seed?: number;
  /** Takes the place of the seeded numbers. */
  random?: () => number;
  /** @default false */
  isHidden?: boolean;
  /** Whether requests answer after they were aborted. @default false */
  ignoresAbort?: boolean;
}

/** What is open right now. All 0 once everything has been undone. */
interface OpenCounts {
  timers: number;
  requests: number;
  sources: number;
  wakeListeners: number;
}

/**
 * A world of its own for `startBackendSync`: virtual time, requests and streams that the test
 * answers, a page that it hides and shows. Deterministic, and nothing in it takes real time.
 *
 * Everything that the test does happens at once; what follows from it in promises has happened
 * once `settle()` (or `advance()`, which settles too) has resolved.
 */
export interface FakeEnvironment extends SyncEnvironment {
  /** Requests that wait for an answer, oldest first. */
  readonly requests: readonly FakeRequest[];
  /** Streams that are open, oldest first. */
  readonly sources: readonly FakeEventSource[];
  /** The newest waiting request. @throws if there is none */
  request: () => FakeRequest;
  /** The newest open stream. @throws if there is none */
  source: () => FakeEventSource;
  /** How many requests were sent, and streams opened, in all. */
  readonly totals: { requests: number; sources: number };
  /** What is open right now. */
  open: () => OpenCounts;
  /** Virtual time since the start, in ms. */
  elapsed: () => number;
  /** How long until the next timer, in ms; `undefined` if there is none. */
  nextTimerMs: () => number | undefined;
  /** Lets all promises take their course; no time passes. */
  settle: () => Promise<void>;
  /** Lets `ms` pass: calls every timer when it is due, and settles after each. */
  advance: (ms: number) => Promise<void>;
  /** The machine sleeps: the wall clock goes on for `ms`, timers stand still. */
  sleep: (ms: number) => void;
  /** Somebody sets the clock on, or back if negative. The same as sleep, said otherwise. */
  setClock: (byMs: number) => void;
  /** The page goes into the background. */
  hide: () => void;
  /** The page comes into view, and wakes sync as `visible`. */
  show: () => void;
  /** Wakes sync for another reason. */
  wake: (reason: WakeReason) => void;
}

/** Creates a world; see {@link FakeEnvironment}. */
export function createFakeEnvironment(options: FakeEnvironmentOptions = {}): FakeEnvironment {
  const { startAt = Date.UTC(2026, 0, 5, 12), seed = 1, ignoresAbort = false } = options;
  const clock = createFakeClock(startAt);
  const requests: FakeRequest[] = [];
  const sources: FakeEventSource[] = [];
  const wakeListeners = new Set<(reason: WakeReason) => void>();
  const totals = { requests: 0, sources: 0 };
  let isHidden = options.isHidden ?? false;

  function wake(reason: WakeReason): void {
    const listeners = [...wakeListeners];
    for (const listener of listeners) listener(reason);
  }

  async function advance(ms: number): Promise<void> {
    const until = clock.elapsed() + ms;
    await settle();
    // oxlint-disable-next-line no-await-in-loop -- one timer after the other is the point
    while (clock.fireNext(until - clock.elapsed())) await settle();
    clock.skip(until - clock.elapsed());
  }

  return {
    fetch(url, init) {
      totals.requests += 1;
      const onSettled = (request: FakeRequest) => remove(requests, request);
      const sentAt = clock.elapsed();
      const made = createFakeRequest({ url, init, sentAt, ignoresAbort, onSettled });
      requests.push(made.request);
      return made.response;
    },
    openEventSource(url) {
      totals.sources += 1;
      const source = createFakeEventSource(url, clock.elapsed(), (it) => remove(sources, it));
      sources.push(source);
      return source;
    },
    after: clock.after,
    now: clock.now,
    random: options.random ?? createSeededRandom(seed),
    isHidden: () => isHidden,
    onWake(listener) {
      // A listener of its own, so that one function given twice counts twice.
      const entry = (reason: WakeReason) => listener(reason);
      wakeListeners.add(entry);
      return () => void wakeListeners.delete(entry);
    },
    requests,
    sources,
    request: () => newest(requests, "request waits"),
    source: () => newest(sources, "stream is open"),
    totals,
    open: () => ({
      timers: clock.pending(),
      requests: requests.length,
      sources: sources.length,
      wakeListeners: wakeListeners.size,
    }),
    elapsed: clock.elapsed,
    nextTimerMs: clock.nextTimerMs,
    settle,
    advance,
    sleep: clock.jump,
    setClock: clock.jump,
    hide() {
      isHidden = true;
    },
    show() {
      isHidden = false;
      wake("visible");
    },
    wake,
  };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < microtaskDepth; turn += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each turn lets the promises of the last go on
    await Promise.resolve();
  }
}

function remove<Item>(items: Item[], item: Item): void {
  const index = items.indexOf(item);
  if (index >= 0) items.splice(index, 1);
}

function newest<Item>(items: readonly Item[], what: string): Item {
  const item = items.at(-1);
  if (item === undefined) throw new Error(`fake environment: no ${what}`);
  return item;
}
