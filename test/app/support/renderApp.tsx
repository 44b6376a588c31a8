import { cleanup, configure, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { StrictMode } from "react";
import { MemoryRouter } from "react-router";
import { onTestFinished } from "vitest";
import { App } from "../../../src/app/App.tsx";
import { createServices } from "../../../src/app/services.ts";
import { followOtherTabs } from "../../../src/app/session/followOtherTabs.ts";
import { type StartSync, syncWhileSignedIn } from "../../../src/app/session/syncWhileSignedIn.ts";
import { ErrorBoundary } from "../../../src/app/ui/ErrorBoundary.tsx";
import { ActivityStoreProvider } from "../../../src/react.ts";
import { type ActivityStore, createActivityStore } from "../../../src/store/activityStore.ts";
import { selectLabel } from "../../../src/store/selectors.ts";

// A machine that does other things as well may take longer than the second that is the default.
configure({ asyncUtilTimeout: 4_000 });

// Counts the syncs that were begun and ended.
function countSyncs() {
  const syncs = { started: 0, running: 0 };
  const start: StartSync = () => {
    syncs.started += 1;
    syncs.running += 1;
    const end = () => void (syncs.running -= 1);
    return { stop: end, signOut: end };
  };
  return { syncs, start };
}

/** What is rendered, and with what. */
export interface RenderAppOptions {
  /** @default "/" */
  path?: string;
  store?: ActivityStore;
  /** @default one that is only counted */
  startSync?: StartSync;
}

/** Renders the console at an address, as `main.tsx` does, with a store of its own. */
export function renderApp(options: RenderAppOptions = {}) {
  const { path = "/", store = createActivityStore() } = options;
  const { syncs, start } = countSyncs();
  const services = createServices("/api");
  const stopSync = syncWhileSignedIn(services.session, options.startSync ?? start);
  const stopFollowing = followOtherTabs(services.session);
  // Without Vitest's globals the library does not clean up by itself.
  onTestFinished(() => {
    cleanup();
    stopFollowing();
    stopSync();
  });
  void services.session.check();
  render(
    <StrictMode>
      <ErrorBoundary>
        <ActivityStoreProvider store={store}>
          <MemoryRouter initialEntries={[path]}>
            <App services={services} />
          </MemoryRouter>
        </ActivityStoreProvider>
      </ErrorBoundary>
    </StrictMode>,
  );
  return { store, syncs, user: userEvent.setup() };
}

/** The labels that a store gave the indicator, each change of state one, from now on. */
export function recordLabels(store: ActivityStore): string[] {
  const labels: string[] = [];
  store.subscribe((state) => labels.push(selectLabel(state)));
  return labels;
}

/** Waits until a click is no longer taken for the second of a double click. */
export function untilNextClick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 650));
}

/** The card of a project. */
export function findCard(name: string): Promise<HTMLElement> {
  return screen.findByRole("article", { name });
}
