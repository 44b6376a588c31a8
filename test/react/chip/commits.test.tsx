// @vitest-environment jsdom
// No render of anything but the header, and none of that for an event that changes nothing visible.
import { drive, type Driven } from "../../support/jobs/drive.ts";
import { act } from "@testing-library/react";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import {
  ActiveActionIndicator,
  ActivityStoreProvider,
  useActiveAsyncActions,
  useAsyncAction,
} from "../../../src/react.ts";
import { type ActivityState, createActivityStore } from "../../../src/store/activityStore.ts";
import { build, many, run } from "../../support/jobs/jobs.ts";
import {
  renderCounter,
  renderPage,
  renderWithStore,
} from "../../support/indicator/renderWithStore.tsx";

function SyncButton() {
  const { run: sync } = useAsyncAction(() => Promise.resolve(), { label: "Syncing" });
  return <button onClick={() => void sync()}>Sync</button>;
}

function List() {
  const actions = useActiveAsyncActions();
  return <p>{actions.map((action) => action.label).join(", ")}</p>;
}

/** How often the indicator commits while `events` happen to a store with a server and a build. */
function commitsDuring(...events: Array<(state: Driven & ActivityState) => void>): number {
  const store = createActivityStore();
  drive(store).applyJobUpdates([run("1", "running"), build("1", "running")]);
  const counter = renderCounter();
  renderWithStore(counter.wrap(<ActiveActionIndicator />), store);
  const before = counter.count;
  for (const event of events) act(() => event(drive(store)));
  return counter.count - before;
}

describe("the indicator does not render", () => {
  const invisible: Array<[string, (state: Driven & ActivityState) => void]> = [
    [
      "a run-update that does not concern the status",
      (s) => s.applyJobUpdates([run("1", "running")]),
    ],
    ["the same poll again", (s) => s.applyJobSnapshot("build", [build("1", "running")])],
    ["a new status of a job that is not shown", (s) => s.applyJobUpdates([run("1", "pending")])],
    ["a job that it hears of after its end", (s) => s.applyJobUpdates([run("9", "stopped")])],
    [
      "a time that becomes known",
      (s) => s.applyJobUpdates([build("1", "running", { startedAt: 7 })]),
    ],
    ["a connection that becomes live", (s) => s.setConnectionStatus("runs", "live")],
    ["a malformed message", (s) => s.noteConnectionError("runs", "init: expected JSON")],
    ["a hint that is behind", (s) => s.applyJobHint(build("1", "pending"))],
    ["a job completed that is not there", (s) => s.completeBackendJob("run:9")],
  ];

  it.each(invisible)("for %s", (_, event) => {
    expect(commitsDuring(event)).toBe(0);
  });
});

describe("the indicator renders once", () => {
  it("for one build that takes the place of another of the same label, since its time is another", () => {
    const swap = [build("1", "succeeded"), build("2", "running")];
    expect(commitsDuring((state) => state.applyJobUpdates(swap))).toBe(1);
  });

  it("for an event that changes the label", () => {
    expect(commitsDuring((state) => state.applyJobUpdates([run("1", "stopping")]))).toBe(1);
  });

  it("for an event that changes only the badge", () => {
    expect(commitsDuring((state) => state.applyJobUpdates([run("1", "stopped")]))).toBe(1);
  });

  it("for a burst of a thousand updates", () => {
    const burst = many(1_000, (n) => run(`${n}`, "running"));
    expect(commitsDuring((state) => state.applyJobUpdates(burst))).toBe(1);
  });
});

it("a component that only sends requests does not render for jobs", () => {
  const counter = renderCounter();
  const { store } = renderWithStore(counter.wrap(<SyncButton />));
  act(() => drive(store).applyJobUpdates([run("1", "running")]));
  act(() => drive(store).setConnectionStatus("runs", "live"));
  expect(counter.count).toBe(1);
});

describe("two stores on one page", () => {
  it("do not render for the other's", () => {
    const sides = ["left", "right"].map((name) => {
      const store = createActivityStore();
      store.getState().registerRequestAction(name);
      return { name, store, counter: renderCounter() };
    });
    renderPage(
      <>
        {sides.map(({ name, store, counter }) => (
          <ActivityStoreProvider key={name} store={store}>
            {counter.wrap(
              <>
                <ActiveActionIndicator />
                <List />
              </>,
            )}
          </ActivityStoreProvider>
        ))}
      </>,
    );
    const before = sides.map(({ counter }) => counter.count);
    act(() => sides[0] && drive(sides[0].store).applyJobUpdates([run("1", "running")]));
    const after = sides.map(({ counter }) => counter.count);
    expect(after).toEqual([(before[0] ?? 0) + 1, before[1]]);
  });
});

it("an event has the page measured by nobody: that would have it laid out each time", () => {
  const measure = vi.fn<() => number>(() => 0);
  // What jsdom lacks, so that whoever would measure does.
  vi.stubGlobal(
    "ResizeObserver",
    vi.fn(
      class {
        observe = () => {};
        disconnect = () => {};
      },
    ),
  );
  Object.assign(HTMLElement.prototype, { animate: () => ({}), getAnimations: () => [] });
  vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockImplementation(measure);
  onTestFinished(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    for (const name of ["animate", "getAnimations"])
      Reflect.deleteProperty(HTMLElement.prototype, name);
  });
  commitsDuring((state) => state.applyJobUpdates([build("2", "running"), run("3", "stopping")]));
  expect(measure).not.toHaveBeenCalled();
});
