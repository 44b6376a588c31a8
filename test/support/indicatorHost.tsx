// Runs in the page: the indicator as a host has it in a header, and its store in the test's hands.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import {
  ActiveActionIndicator,
  ActivityStoreProvider,
  type IndicatorLabels,
  useDocumentTitle,
} from "../../src/react.ts";
import "../../src/react/ActiveActionIndicator.css";
import { type ActivityStore, createActivityStore } from "../../src/store/activityStore.ts";
import type { BackendJob, EndedJob } from "../../src/store/jobEntries.ts";
import "./indicatorHost.css";

declare global {
  interface Window {
    indicatorStore: ActivityStore;
    /** The keys of the jobs whose Stop was pressed. */
    stopped: string[];
    /** Why Stop fails, while it does. */
    stopFailure?: string | undefined;
  }
}

const query = new URLSearchParams(location.search);
const german: Partial<IndicatorLabels> = {
  idle: "Nichts los",
  noActions: "Keine Vorgänge",
  actionsInProgress: (count, latest) => `${count} im Gange: ${latest}`,
  job: ({ projectId }) => `${projectId} wird gebaut`,
  title: ({ projectId }) => `Bau von ${projectId}`,
  status: () => "läuft",
  outcome: () => "misslungen",
  failed: (count) => `${count} misslungen`,
  listTitle: "Vorgänge",
  running: "Jetzt",
  recent: "Neulich",
  clearFinished: "Aufräumen",
  dismiss: "Weg",
  stop: "Halt",
  off: "Nicht verbunden",
  saidEnded: (what, how) => `${what} ist ${how}`,
};
const labels = query.has("german") ? german : undefined;

window.indicatorStore = createActivityStore();
window.stopped = [];

function stop({ key }: BackendJob): Promise<void> | void {
  window.stopped.push(key);
  if (window.stopFailure !== undefined) return Promise.reject(new Error(window.stopFailure));
}

function pageOf({ kind, id }: BackendJob | EndedJob): string {
  return `#${kind}-${id}`;
}

const given = query.has("plain") ? {} : { jobHref: pageOf, onStopJob: stop };

function Host() {
  useDocumentTitle();
  return (
    <>
      <header>
        <button type="button">Before</button>
        <span className="indicator-place">
          <ActiveActionIndicator labels={labels} {...given} />
        </span>
        <button type="button">After</button>
      </header>
      <main>
        <p>A page.</p>
      </main>
    </>
  );
}

const root = document.getElementById("root");
if (!root) throw new Error('The page needs an element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <ActivityStoreProvider store={window.indicatorStore}>
      <Host />
    </ActivityStoreProvider>
  </StrictMode>,
);
