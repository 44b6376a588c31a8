import { selectLostSince } from "../store/selectors.ts";
import type { Teller } from "./announcer.ts";
import { hasLasted, lostGraceMs } from "./hasLasted.ts";

/** Creates what tells that the connection is lost, if that lasts, and then that it is back. */
export function createConnectionTeller(): Teller {
  let lostSince: number | undefined;
  let hasSaidLost = false;

  return {
    tell(state, { saidLost, saidRestored }, now) {
      lostSince = selectLostSince(state);
      if (lostSince === undefined) {
        const isRestored = hasSaidLost && state.connection.runs.status !== "off";
        hasSaidLost = false;
        return isRestored ? [saidRestored] : [];
      }
      if (hasSaidLost || !hasLasted(lostSince, now, lostGraceMs)) return [];
      hasSaidLost = true;
      return [saidLost];
    },
    isWaiting: () => lostSince !== undefined && !hasSaidLost,
  };
}
