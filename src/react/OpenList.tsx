import {
  type ActiveAction,
  isQueued,
  selectActiveActions,
  selectIsUnknown,
  selectSeenEnds,
  selectRecentJobs,
} from "../store/selectors.ts";
import type { ActivityState } from "../store/activityStore.ts";
import { useActivity, useActivityStore } from "./ActivityStoreContext.ts";
import { ActiveRow } from "./ActiveRow.tsx";
import { EndedRow } from "./EndedRow.tsx";
import { useLabels } from "./IndicatorOptions.ts";
import { ListFooter } from "./ListFooter.tsx";
import { ListSection } from "./ListSection.tsx";
import { useKeptFocus } from "./useKeptFocus.ts";
import { useNow } from "./useNow.ts";

/** What the list shows while it is open. */
export function OpenList() {
  const labels = useLabels();
  const actions = useActivity(selectActiveActions);
  const jobs = useActivity(({ backendJobs }) => backendJobs);
  const isUnknown = useActivity(selectIsUnknown);
  const recent = useActivity(selectRecentJobs);
  const list = useKeptFocus();
  // One for all rows, so that they tick together.
  const now = useNow();
  const rows = actions.map((action) => toActiveRow(action, jobs));
  const running = rows.filter(({ job, action }) => !isQueued(job ?? action));
  const queued = rows.filter(({ job, action }) => isQueued(job ?? action));
  const isEmpty = actions.length + recent.length === 0;

  return (
    <>
      <div ref={list} className="active-indicator-rows">
        {isEmpty && (
          <p className="active-indicator-nothing">{isUnknown ? labels.notKnown : labels.nothing}</p>
        )}
        <ListSection title={labels.running} rows={running}>
          {(row) => <ActiveRow key={(row.job ?? row.action).key} {...row} now={now} />}
        </ListSection>
        <ListSection title={labels.queued} rows={queued}>
          {(row) => <ActiveRow key={(row.job ?? row.action).key} {...row} now={now} />}
        </ListSection>
        <ListSection title={labels.recent} rows={recent} action={<ClearFinished />}>
          {(job) => <EndedRow key={job.key} job={job} />}
        </ListSection>
      </div>
      <ListFooter />
    </>
  );
}

// A job keeps its row, and what can be done with it, while a request about it is in flight.
function toActiveRow(action: ActiveAction, jobs: ActivityState["backendJobs"]) {
  if ("kind" in action) return { action, job: action };
  const { about } = action;
  return { action, job: about === undefined || about === "new" ? undefined : jobs[about] };
}

function ClearFinished() {
  const labels = useLabels();
  const store = useActivityStore();

  function clear(): void {
    const keys = selectSeenEnds(store.getState()).map(({ key }) => key);
    store.getState().setReadState(keys, "dismissed");
  }

  return (
    <button type="button" className="active-indicator-clear" onClick={clear}>
      {labels.clearFinished}
    </button>
  );
}
