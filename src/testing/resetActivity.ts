import type { ActivityStore } from "../store/activityStore.ts";
import { sourcesIn } from "../store/selectors.ts";
import { forgetJobActions } from "../react/jobActions.ts";
import { internalsOf } from "../store/storeWriter.ts";

/**
 * Empties a store between two tests: no requests, no jobs, no sources. Stop a sync that runs on it
 * first: it would only begin anew.
 */
export function resetActivity(store: Pick<ActivityStore, "getState">): void {
  const internals = internalsOf(store);
  const { requestActions, backendJobs, endedJobs, connection } = store.getState();
  const jobs = [...Object.values(backendJobs), ...Object.values(endedJobs)];
  const sources = sourcesIn(connection);
  forgetJobActions(internals);
  internals.batch(() => {
    for (const { key } of Object.values(requestActions))
      store.getState().completeRequestAction(key);
    internals.clearJobs(new Set([...jobs, ...sources].flatMap(kindsOf)));
    internals.closeSources(Object.keys(connection));
  });
}

function kindsOf(it: { readonly kind: string } | { readonly kinds: readonly string[] }) {
  return "kind" in it ? [it.kind] : it.kinds;
}
