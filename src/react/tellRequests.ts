import type { RequestAction } from "../store/requestActions.ts";
import { isSettled } from "../store/selectors.ts";
import type { Teller } from "./announcer.ts";
import { hasLasted } from "./hasLasted.ts";

/** How long a request must be in flight before it is worth a word, in ms. */
const worthSayingMs = 2_000;

/** Creates what tells of requests that take long: a short one is no news, what it leads to is. */
export function createRequestTeller(): Teller {
  const said = new Map<string, RequestAction>();
  let isAnyUnsaid = false;

  return {
    tell(state, { saidStarted, saidEnded, requestDone }, now) {
      const { requestActions } = state;
      const ended = [...said.values()].filter(({ key }) => !(key in requestActions));
      const unsaid = Object.values(requestActions).filter(({ key }) => !said.has(key));
      const started = unsaid.filter(({ startedAt }) => hasLasted(startedAt, now, worthSayingMs));
      for (const { key } of ended) said.delete(key);
      for (const request of started) said.set(request.key, request);
      isAnyUnsaid = unsaid.length > started.length;
      return [
        // The job that it was about tells its end by itself.
        ...ended
          .filter((request) => !isSettled(request, state))
          .map(({ label }) => saidEnded(label, requestDone)),
        ...started.map(({ label }) => saidStarted(label)),
      ];
    },
    isWaiting: () => isAnyUnsaid,
  };
}
