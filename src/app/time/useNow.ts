import { useSyncExternalStore } from "react";

interface Clock {
  read: () => number;
  subscribe: (onTick: () => void) => () => void;
}

const secondClock = createClock(1_000);
const halfMinuteClock = createClock(30_000);

/** The time, epoch ms, anew each second; it stands still while the page is hidden. */
export function useNowBySeconds(): number {
  return useSyncExternalStore(secondClock.subscribe, secondClock.read);
}

/** The time, epoch ms, anew each half minute; it stands still while the page is hidden. */
export function useNowByHalfMinutes(): number {
  return useSyncExternalStore(halfMinuteClock.subscribe, halfMinuteClock.read);
}

// One timer for all that show a time, and none while nobody does or nobody looks.
function createClock(intervalMs: number): Clock {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;

  function tick(): void {
    now = Date.now();
    for (const listener of listeners) listener();
  }

  function follow(): void {
    clearInterval(timer);
    timer = undefined;
    if (listeners.size === 0 || document.hidden) return;
    tick();
    timer = setInterval(tick, intervalMs);
  }

  return {
    read() {
      // While nobody was listening it stood still: what appears now must not show that time.
      if (timer === undefined && Date.now() - now >= 1_000) now = Date.now();
      return now;
    },
    subscribe(onTick) {
      listeners.add(onTick);
      if (listeners.size === 1) {
        document.addEventListener("visibilitychange", follow);
        follow();
      }
      return () => {
        listeners.delete(onTick);
        if (listeners.size > 0) return;
        document.removeEventListener("visibilitychange", follow);
        follow();
      };
    },
  };
}
