import { selectDoubtSince, selectIsUnknown, sourcesIn } from "../store/selectors.ts";
import type { Teller } from "./announcer.ts";
import { hasLasted, lostGraceMs } from "./hasLasted.ts";

/**
 * Creates what tells that the connection is lost, or that nothing is known yet, if that lasts, and
 * then that all is well.
 */
export function createConnectionTeller(): Teller {
  let doubtSince: number | undefined;
  let hasSaid = false;

  return {
    tell(state, { notKnown, saidLost, saidRestored }, now) {
      doubtSince = selectDoubtSince(state);
      if (doubtSince === undefined) {
        const isRestored = hasSaid && sourcesIn(state.connection).length > 0;
        hasSaid = false;
        return isRestored ? [saidRestored] : [];
      }
      if (hasSaid || !hasLasted(doubtSince, now, lostGraceMs)) return [];
      hasSaid = true;
      return [selectIsUnknown(state) ? notKnown : saidLost];
    },
    isWaiting: () => doubtSince !== undefined && !hasSaid,
  };
}
