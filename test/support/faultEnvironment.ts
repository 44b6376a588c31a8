import type { SyncEnvironment, WakeReason } from "../../src/sync/environment.ts";
import { NodeEventSource } from "./syncEventSource.ts";

/** How time passes, and what the backoff draws. */
export interface FaultEnvironmentOptions {
  /** How many seconds of the sync's time pass in a second. @default 1 */
  speed?: number;
  /** @default Math.random */
  random?: () => number;
}

/** Node as the sync's environment, with time that can pass faster and a machine that can sleep. */
export interface FaultEnvironment extends SyncEnvironment {
  /** The sync's time since the start, in ms. Sleep does not count. */
  elapsed: () => number;
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
  const { speed = 1, random = Math.random } = options;
  const beganAt = performance.now();
  const timers = new Set<NodeJS.Timeout>();
  const sources = new Set<NodeEventSource>();
  const wakeListeners = new Set<(reason: WakeReason) => void>();
  let wallOffset = Date.now();
  let [requests, asked, opened] = [0, 0, 0];
  const elapsed = () => (performance.now() - beganAt) * speed;

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
      const timer = setTimeout(() => (timers.delete(timer), callback()), ms / speed);
      timers.add(timer);
      return () => (timers.delete(timer), clearTimeout(timer));
    },
    now: () => wallOffset + elapsed(),
    random,
    isHidden: () => false,
    onWake(listener) {
      wakeListeners.add(listener);
      return () => void wakeListeners.delete(listener);
    },
    elapsed,
    sleep: (ms) => (wallOffset += ms),
    wake: (reason) => wakeListeners.forEach((listener) => listener(reason)),
    tries: () => ({ asked, opened }),
    open: () => ({
      timers: timers.size,
      requests,
      sources: sources.size,
      wakeListeners: wakeListeners.size,
    }),
  };
}
