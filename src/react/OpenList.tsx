import { isQueued, selectActiveActions, selectNews, selectRecentJobs } from "../store/selectors.ts";
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
  const recent = useActivity(selectRecentJobs);
  const list = useKeptFocus();
  // One for all rows, so that they tick together.
  const now = useNow();
  const running = actions.filter((action) => !isQueued(action));
  const queued = actions.filter(isQueued);
  const isEmpty = actions.length + recent.length === 0;

  return (
    <>
      <div ref={list} className="active-indicator-rows">
        {isEmpty && <p className="active-indicator-nothing">{labels.nothing}</p>}
        <ListSection title={labels.running} rows={running}>
          {(action) => <ActiveRow key={action.key} action={action} now={now} />}
        </ListSection>
        <ListSection title={labels.queued} rows={queued}>
          {(action) => <ActiveRow key={action.key} action={action} now={now} />}
        </ListSection>
        <ListSection title={labels.recent} rows={recent} action={<ClearFinished />}>
          {(job) => <EndedRow key={job.key} job={job} />}
        </ListSection>
      </div>
      <ListFooter />
    </>
  );
}

function ClearFinished() {
  const labels = useLabels();
  const store = useActivityStore();

  function clear(): void {
    const keys = selectNews(store.getState()).map(({ key }) => key);
    store.getState().setJobAttention(keys, "dismissed");
  }

  return (
    <button type="button" className="active-indicator-clear" onClick={clear}>
      {labels.clearFinished}
    </button>
  );
}
