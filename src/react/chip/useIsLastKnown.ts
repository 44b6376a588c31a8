import { useEffect, useReducer } from "react";
import type { ActivityState } from "../../store/activityStore.ts";
import { selectLostSince } from "../../store/selectors.ts";
import { useActivity } from "../hooks/useActivity.ts";
import { hasLasted, lostGraceMs } from "../../store/elapsed.ts";

/** Whether a source has been lost for longer than 5 s, so that its jobs are no more than last known. */
export function useIsLastKnown(): boolean {
  const lostSince = useActivity(selectLostSince);
  const isLastKnown = useActivity(isLostForLong);
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);

  useEffect(() => {
    if (lostSince === undefined || isLastKnown) return undefined;
    const timer = setTimeout(renderAgain, lostSince + lostGraceMs - Date.now());
    return () => clearTimeout(timer);
  }, [lostSince, isLastKnown]);

  return isLastKnown;
}

// By the time itself: a timer would first have to learn that the older of two lost sources is back.
function isLostForLong(state: ActivityState): boolean {
  const since = selectLostSince(state);
  return since !== undefined && hasLasted(since, Date.now(), lostGraceMs);
}
