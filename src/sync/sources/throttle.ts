import type { Cancel, SyncEnvironment } from "../environment.ts";

/** Something that may be called as often as one likes. */
export interface Throttle {
  call: () => void;
  stop: () => void;
}

/** Has `act` called at once, and for all calls within the next `ms` milliseconds once after them. */
export function createThrottle(
  { after }: Pick<SyncEnvironment, "after">,
  ms: number,
  act: () => void,
): Throttle {
  let cancel: Cancel | undefined;
  let isWantedAgain = false;

  function call(): void {
    if (cancel) {
      isWantedAgain = true;
      return;
    }
    cancel = after(ms, () => {
      cancel = undefined;
      if (isWantedAgain) call();
    });
    isWantedAgain = false;
    act();
  }

  return { call, stop: () => cancel?.() };
}
