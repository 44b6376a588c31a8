import { useEffect, useState } from "react";
import { selectLostSince } from "../store/selectors.ts";
import { useActivity } from "./ActivityStoreContext.ts";

/** How long a source may be lost before that is worth a sign, in ms. */
const graceMs = 5_000;

/** Whether a source has been lost for longer than 5 s, so that its jobs are no more than last known. */
export function useIsLastKnown(): boolean {
  const lostSince = useActivity(selectLostSince);
  const [overdueSince, setOverdueSince] = useState<number>();

  useEffect(() => {
    if (lostSince === undefined) return undefined;
    const leftMs = Math.min(graceMs, lostSince + graceMs - Date.now());
    const timer = setTimeout(() => setOverdueSince(lostSince), Math.max(0, leftMs));
    return () => clearTimeout(timer);
  }, [lostSince]);

  return lostSince !== undefined && overdueSince === lostSince;
}
