import { useSyncExternalStore } from "react";

const tickMs = 1_000;

const listeners = new Set<() => void>();
let now = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * The client's time, epoch ms, anew each second while the page is visible, and at once when it becomes
 * so: for a row that counts how long its job has been active (see `elapsedMs`). All tick together.
 */
export function useNow(): number {
  return useSyncExternalStore(subscribe, readNow, readNow);
}

/**
 * What `read` gives at the time that ticks: client time, epoch ms. It renders anew only when that says
 * something else, and not with each tick; nothing ticks for it where it `isNeeded` no more.
 */
export function useAtTick<Value extends string | number | boolean | undefined>(
  read: (now: number) => Value,
  isNeeded = true,
): Value {
  const current = () => read(readNow());
  return useSyncExternalStore(isNeeded ? subscribe : neverTick, current, current);
}

function neverTick(): () => void {
  return () => {};
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    document.addEventListener("visibilitychange", followVisibility);
    followVisibility();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    document.removeEventListener("visibilitychange", followVisibility);
  };
}

function followVisibility(): void {
  clearInterval(timer);
  if (document.visibilityState === "hidden") return;
  tick();
  timer = setInterval(tick, tickMs);
}

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

// While nobody listens nothing ticks.
function readNow(): number {
  const passedMs = Date.now() - now;
  if (listeners.size === 0 && (passedMs < 0 || passedMs >= tickMs)) now = Date.now();
  return now;
}
