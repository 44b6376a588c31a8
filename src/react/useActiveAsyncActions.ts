import { type ActiveAction, selectActiveActions } from "../store/selectors.ts";
import { useActivity } from "./ActivityStoreContext.ts";

/** All requests in flight and active jobs, latest first. */
export function useActiveAsyncActions(): readonly ActiveAction[] {
  return useActivity(selectActiveActions);
}
