import { useEffect, useState } from "react";
import { type ActiveAction, selectActiveCount, selectLatestAction } from "../store/selectors.ts";
import { useActivity } from "./ActivityStoreContext.ts";

/** How long the return to idle waits, in ms. */
const idleDelayMs = 300;

/** What the chip shows: the latest action, if any, and how many there are. */
export interface CalmActions {
  readonly latest: ActiveAction | undefined;
  readonly count: number;
}

const idle: CalmActions = { latest: undefined, count: 0 };

/**
 * The latest action and the count, save that the return to idle waits for 300 ms: a job that
 * starts meanwhile goes on without a flash of Idle. A start shows at once.
 */
export function useCalmActions(): CalmActions {
  const latest = useActivity(selectLatestAction);
  const count = useActivity(selectActiveCount);
  const [held, setHeld] = useState<CalmActions>(idle);
  const isIdle = latest === undefined;

  // Kept while rendering, so that what is held is what was shown last.
  if (!isIdle && (held.latest !== latest || held.count !== count)) setHeld({ latest, count });

  useEffect(() => {
    if (!isIdle) return undefined;
    const timer = setTimeout(() => setHeld(idle), idleDelayMs);
    return () => clearTimeout(timer);
  }, [isIdle]);

  return isIdle ? held : { latest, count };
}
