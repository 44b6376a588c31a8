// Runs in the page: the indicator as a host has it in a header, and its store in the test's hands.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import {
  ActiveActionIndicator,
  ActivityStoreProvider,
  type JobActions,
  useDocumentTitle,
} from "../../../src/react.ts";
import indicatorStyles from "../../../src/react/ActiveActionIndicator.css?inline";
import {
  type ActivityState,
  type ActivityStore,
  createActivityStore,
} from "../../../src/store/activityStore.ts";
import type { BackendJob, EndedJob } from "../../../src/store/entries.ts";
import { drive, type Driven } from "../jobs/drive.ts";
import { germanLabels } from "./german.ts";

declare global {
  interface Window {
    indicatorStore: ActivityStore;
    /** The verbs by which sync writes into it. */
    indicatorDrive: () => Driven & ActivityState;
    /** The keys of the jobs whose Stop was pressed. */
    stopped: string[];
    /** The keys of the jobs whose Retry was pressed. */
    retried: string[];
    /** Until when Stop takes, while it does take time. */
    stopWait?: Promise<void> | undefined;
    /** Why Stop fails, while it does. */
    stopFailure?: string | undefined;
  }
}

const hostStyles = `
  :root { color-scheme: light dark; font-family: sans-serif; }
  body { margin: 0; background: Canvas; color: CanvasText; }
  header { display: flex; gap: 8px; align-items: center; padding: 8px; }
  .indicator-place { display: flex; flex: 1 1 0; justify-content: end; min-width: 0; }
  main { height: 200vh; }
`;

const query = new URLSearchParams(location.search);
const labels = query.has("german") ? germanLabels : undefined;
const given = query.has("plain") ? {} : { jobHref: pageOf, onStopJob: stop };
const actions = actionsFor(query);

window.indicatorStore = createActivityStore();
window.indicatorDrive = () => drive(window.indicatorStore);
window.stopped = [];
window.retried = [];

function actionsFor(asked: URLSearchParams): JobActions | undefined {
  if (asked.has("retry")) return { build: { retry } };
  const names = ["Approve", "Send back for a change", "Ask me again tomorrow", "Forget"];
  const all = names.map((label) => [label, { act: () => {}, label }] as const);
  return asked.has("manyActions") ? { deploy: Object.fromEntries(all) } : undefined;
}

function pageOf({ kind, id }: BackendJob | EndedJob): string {
  return `#${kind}-${id}`;
}

async function stop({ key }: BackendJob): Promise<void> {
  window.stopped.push(key);
  await window.stopWait;
  if (window.stopFailure !== undefined) throw new Error(window.stopFailure);
}

async function retry({ key }: BackendJob | EndedJob): Promise<void> {
  window.retried.push(key);
}

function Host() {
  useDocumentTitle({ labels });
  return (
    <>
      <header>
        <button type="button">Before</button>
        <span className="indicator-place">
          <ActiveActionIndicator labels={labels} actions={actions} {...given} />
        </span>
        <button type="button">After</button>
      </header>
      <main>
        <h1>A page</h1>
      </main>
    </>
  );
}

document.documentElement.dir = location.pathname === "/rtl" ? "rtl" : "ltr";
const style = document.createElement("style");
// What a test takes away of the browser, it takes away here.
const missing = { unanchored: "position-area", unfading: "overlay" };
style.textContent = indicatorStyles;
for (const [name, property] of Object.entries(missing))
  if (query.has(name))
    style.textContent = style.textContent.replace(`@supports (${property}`, "@supports (nothing");
style.append(hostStyles);
document.head.append(style);

const root = document.getElementById("root");
if (!root) throw new Error('The page needs an element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <ActivityStoreProvider store={window.indicatorStore}>
      <Host />
    </ActivityStoreProvider>
  </StrictMode>,
);
