import { useEffect, useState } from "react";
import type { JobPace } from "../jobs/jobKinds.ts";
import {
  type ActivityView,
  selectActiveCount,
  selectLatestAction,
  selectPace,
} from "../store/selectors.ts";
import { useActivity } from "./ActivityStoreContext.ts";
import { useLabels } from "./IndicatorOptions.ts";
import { labelOf } from "./labels.ts";

/** How long the return to idle waits, in ms. */
const idleDelayMs = 300;

/** What the chip shows of all that is going on; nothing but what can be seen of it. */
export interface CalmActions {
  readonly label: string;
  readonly pace: JobPace | "idle";
  readonly count: number;
}

/**
 * What the chip says of the latest action and how many there are, save that the return to idle
 * waits for 300 ms: a job that starts meanwhile goes on without a flash of Idle. A start shows at
 * once.
 */
export function useCalmActions(): CalmActions {
  const labels = useLabels();
  const current: CalmActions = {
    label: useActivity((state: ActivityView) => {
      const latest = selectLatestAction(state);
      return latest === undefined ? labels.idle : labelOf(labels, latest);
    }),
    pace: useActivity(selectPace),
    count: useActivity(selectActiveCount),
  };
  const [held, setHeld] = useState<CalmActions>();
  const isIdle = current.count === 0;

  // Kept while rendering, so that what is held is what was shown last.
  if (!isIdle && !isSame(held, current)) setHeld(current);

  useEffect(() => {
    if (!isIdle) return undefined;
    const timer = setTimeout(() => setHeld(undefined), idleDelayMs);
    return () => clearTimeout(timer);
  }, [isIdle]);

  return isIdle ? (held ?? current) : current;
}

function isSame(a: CalmActions | undefined, b: CalmActions): boolean {
  return a?.label === b.label && a.pace === b.pace && a.count === b.count;
}
