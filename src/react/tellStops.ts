import type { Teller } from "./announcer.ts";
import type { StopRequests } from "./stopRequests.ts";

/** Creates what tells that a job could not be stopped: its row may be out of sight by then. */
export function createStopTeller(stops: StopRequests): Teller {
  const said = new Set(stops.failures());

  return {
    tell(_, { title, saidEnded, notStopped }) {
      const failures = stops.failures();
      const unsaid = failures.filter((failure) => !said.has(failure));
      said.clear();
      for (const failure of failures) said.add(failure);
      return unsaid.map(({ job, error }) => saidEnded(title(job), notStopped(error)));
    },
    isWaiting: () => false,
  };
}
