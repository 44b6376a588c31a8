import type { Teller } from "./announcer.ts";
import { hasLasted } from "./hasLasted.ts";

/** How long a request must be in flight before it is worth a word, in ms. */
const worthSayingMs = 2_000;

/** Creates what tells of requests that take long: a short one is no news, what it leads to is. */
export function createRequestTeller(): Teller {
  const said = new Map<string, string>();
  let isAnyUnsaid = false;

  return {
    tell({ requestActions }, { saidStarted, saidEnded, requestDone }, now) {
      const ended = [...said].filter(([key]) => !(key in requestActions));
      const unsaid = Object.values(requestActions).filter(({ key }) => !said.has(key));
      const started = unsaid.filter(({ startedAt }) => hasLasted(startedAt, now, worthSayingMs));
      for (const [key] of ended) said.delete(key);
      for (const { key, label } of started) said.set(key, label);
      isAnyUnsaid = unsaid.length > started.length;
      return [
        ...ended.map(([, label]) => saidEnded(label, requestDone)),
        ...started.map(({ label }) => saidStarted(label)),
      ];
    },
    isWaiting: () => isAnyUnsaid,
  };
}
