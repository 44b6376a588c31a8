import type { SyncEnvironment, WakeReason } from "../../../src/sync/environment.ts";
import { type FaultClock, realClock } from "./clock.ts";
import { NodeEventSource } from "../sync/eventSource.ts";

/** How time passes, and what the backoff draws. */
export interface FaultEnvironmentOptions {
  /** @default real time */
  clock?: FaultClock;
  /** @default Math.random */
  random?: () => number;
}

/** Node as the sync's environment, in a time that is given, on a machine that can sleep. */
export interface FaultEnvironment extends SyncEnvironment {
  /** The machine wakes up from a sleep of `ms`: the clock went on, no timer did. */
  sleep: (ms: number) => void;
  wake: (reason: WakeReason) => void;
  /** How many requests were asked, and streams opened, in all. */
  tries: () => { asked: number; opened: number };
  /** What is open right now. */
  open: () => { timers: number; requests: number; sources: number; wakeListeners: number };
}

/** Creates the environment; it keeps count of all that is open. */
export function createFaultEnvironment(options: FaultEnvironmentOptions = {}): FaultEnvironment {
  const { clock = realClock, random = Math.random } = options;
  const sources = new Set<NodeEventSource>();
  const wakeListeners = new Set<(reason: WakeReason) => void>();
  let wallOffset = Date.now() - clock.elapsed();
  let [requests, asked, opened, timers] = [0, 0, 0, 0];

  return {
    fetch(url, init) {
      asked += 1;
      requests += 1;
      return fetch(url, init).finally(() => (requests -= 1));
    },
    openEventSource(url) {
      const source = new NodeEventSource(url);
      opened += 1;
      sources.add(source);
      const close = () => (sources.delete(source), source.close());
      return {
        addEventListener: (type, listener) => source.addEventListener(type, listener),
        close,
      };
    },
    after(ms, callback) {
      let isWaiting = true;
      const end = () => {
        if (isWaiting) timers -= 1;
        isWaiting = false;
      };
      timers += 1;
      const cancel = clock.after(ms, () => (end(), callback()));
      return () => (end(), cancel());
    },
    now: () => wallOffset + clock.elapsed(),
    random,
    isHidden: () => false,
    onWake(listener) {
      wakeListeners.add(listener);
      return () => void wakeListeners.delete(listener);
    },
    sleep: (ms) => (wallOffset += ms),
    wake: (reason) => wakeListeners.forEach((listener) => listener(reason)),
    tries: () => ({ asked, opened }),
    open: () => ({
      timers,
      requests,
      sources: sources.size,
      wakeListeners: wakeListeners.size,
    }),
  };
}
