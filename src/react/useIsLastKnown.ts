import { useEffect, useState } from "react";
import { selectLostSince } from "../store/selectors.ts";
import { useActivity } from "./ActivityStoreContext.ts";
import { lostGraceMs } from "./hasLasted.ts";

/** Whether a source has been lost for longer than 5 s, so that its jobs are no more than last known. */
export function useIsLastKnown(): boolean {
  const lostSince = useActivity(selectLostSince);
  const [overdueSince, setOverdueSince] = useState<number>();

  useEffect(() => {
    if (lostSince === undefined) return undefined;
    const leftMs = Math.min(lostGraceMs, lostSince + lostGraceMs - Date.now());
    const timer = setTimeout(() => setOverdueSince(lostSince), Math.max(0, leftMs));
    return () => clearTimeout(timer);
  }, [lostSince]);

  return lostSince !== undefined && overdueSince === lostSince;
}
