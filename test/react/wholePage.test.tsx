// What the parts are together: a click, the indicator, and what stands around them.
import { drive, type Driven } from "../support/jobs/drive.ts";
import { act, fireEvent, screen } from "@testing-library/react";
import { renderToString } from "react-dom/server";
import { createStore } from "zustand";
import { immer } from "zustand/middleware/immer";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { Job } from "../../src/jobs/job.ts";
import { ActiveActionIndicator, useActiveAsyncActions, useAsyncAction } from "../../src/react.ts";
import {
  type ActivityState,
  createActivitySlice,
  createActivityStore,
} from "../../src/store/activityStore.ts";
import { selectBadge } from "../../src/store/selectors.ts";
import { deferred } from "../support/deferred.ts";
import { installFakeDevtools } from "../store/fakeDevtools.ts";
import { recordLabels } from "../support/jobs/jobStore.ts";
import { build, run } from "../support/jobs/jobs.ts";
import {
  holdTime,
  indicator,
  indicatorText,
  passTime,
  recordIndicatorTexts,
} from "../support/indicator/renderIndicator.tsx";
import {
  renderCounter,
  renderHookWithStore,
  renderWithStore,
} from "../support/indicator/renderWithStore.tsx";

beforeEach(holdTime);

function Trigger({ label, send }: { label: string; send: () => Promise<Job> }) {
  const action = useAsyncAction(send, { label, job: (answer) => answer });
  return <button onClick={() => void action.run()}>Go</button>;
}

function renderTrigger(label: string, send: (state: Driven) => Promise<Job>) {
  const store = createActivityStore();
  const labels = recordLabels(store);
  renderWithStore(
    <>
      <ActiveActionIndicator />
      <Trigger label={label} send={() => send(drive(store))} />
    </>,
    store,
  );
  return { store, labels, texts: recordIndicatorTexts() };
}

const press = () => act(async () => void fireEvent.click(screen.getByText("Go")));

describe("from a click on", () => {
  it("the header shows a build to its end without ever showing Idle in between", async () => {
    const { promise, resolve } = deferred<Job>();
    const { labels, store, texts } = renderTrigger("Triggering build • Shop", () => promise);
    await press();
    await act(async () => resolve(build("1", "pending")));
    await act(async () => drive(store).applyJobSnapshot("build", [build("1", "running")]));
    await act(async () => drive(store).applyJobSnapshot("build", [build("1", "succeeded")]));
    passTime();
    // What the observer has seen is delivered in a microtask.
    await Promise.resolve();
    const expected = [
      "Idle",
      "Triggering build • Shop",
      "Build queued…",
      "Building (shop)",
      "Idle",
    ];
    expect(texts).toEqual(expected);
    expect(labels).toEqual(expected);
  });

  it("the header does not go back when the stream was faster than the answer", async () => {
    const { labels } = renderTrigger("Starting", async (state) => {
      state.applyJobUpdates([run("1", "running")]);
      return run("1", "pending");
    });
    await press();
    expect(labels).toEqual(["Idle", "Starting", "Server running (shop)"]);
  });

  it("the header counts one, whether answer or stream is first", async () => {
    const { store } = renderTrigger("Starting", async (state) => {
      state.applyJobUpdates([run("1", "pending")]);
      await Promise.resolve();
      return run("1", "pending");
    });
    const badges = new Set<string | undefined>();
    store.subscribe((state) => badges.add(selectBadge(state)));
    await press();
    expect(indicatorText()).toBe("Starting server…");
    expect([...badges]).toEqual([undefined]);
  });

  it("the job is in the store before the request leaves it", async () => {
    const { store } = renderTrigger("Starting", async () => run("1", "pending"));
    const counts: Array<[requests: number, jobs: number]> = [];
    store.subscribe(({ requestActions, backendJobs }) =>
      counts.push([Object.keys(requestActions).length, Object.keys(backendJobs).length]),
    );
    await press();
    expect(counts).toEqual([
      [1, 0],
      [1, 1],
      [0, 1],
    ]);
  });
});

describe("useActiveAsyncActions", () => {
  it("gives requests and jobs, latest first", () => {
    const { store, result } = renderHookWithStore(useActiveAsyncActions, undefined);
    const labels = () => result.current.map((action) => action.label);
    expect(labels()).toEqual([]);
    act(() => drive(store).applyJobUpdates([run("1", "running")]));
    act(() => void store.getState().registerRequestAction("Syncing"));
    act(() => void store.getState().applyJobHint(build("1", "pending")));
    expect(labels()).toEqual(["Build queued…", "Syncing", "Server running (shop)"]);
    act(() => drive(store).applyJobUpdates([run("1", "stopping")]));
    expect(labels()).toEqual(["Stopping server…", "Build queued…", "Syncing"]);
  });

  it("gives the same list until something that is going on changes", () => {
    const { store, result } = renderHookWithStore(useActiveAsyncActions, undefined);
    act(() => drive(store).applyJobUpdates([run("1", "running")]));
    const before = result.current;
    act(() => drive(store).setConnectionStatus("runs", "live"));
    act(() => drive(store).applyJobUpdates([run("1", "running"), run("9", "stopped")]));
    expect(result.current).toBe(before);
  });
});

it("the indicator follows Redux DevTools through time", async () => {
  const devtools = installFakeDevtools(window);
  onTestFinished(() => devtools.uninstall());
  const { store } = renderWithStore(<ActiveActionIndicator />, createActivityStore());
  await devtools.connected;
  act(() => void store.getState().registerRequestAction("Starting"));
  const past = devtools.stateAfter("requestActions/register");
  act(() => drive(store).applyJobUpdates([run("1", "running"), run("2", "running")]));
  expect(indicatorText()).toBe("Server running (shop)+2");
  act(() => devtools.jumpToState(past));
  expect(indicatorText()).toBe("Starting");
  act(() => devtools.jumpToState(devtools.stateAfter("backendJobs/updates")));
  expect(indicatorText()).toBe("Server running (shop)+2");
  expect(devtools.actions()).toEqual(["requestActions/register", "backendJobs/updates"]);
});

it("the indicator reads a host's own store, and does not render for the host's state", () => {
  interface HostState extends ActivityState {
    theme: string;
  }
  const host = createStore<HostState>()(
    immer((set, get) => ({ ...createActivitySlice(set, get), theme: "light" })),
  );
  const counter = renderCounter();
  renderWithStore(counter.wrap(<ActiveActionIndicator />), host);
  act(() => drive(host).applyJobUpdates([run("1", "running")]));
  expect(indicatorText()).toBe("Server running (shop)");
  const before = counter.count;
  act(() => host.setState({ theme: "dark" }));
  expect(counter.count).toBe(before);
});

it("the browser takes over the server's markup without a mismatch, then says what is on", () => {
  const complaints = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const container = document.body.appendChild(document.createElement("div"));
  onTestFinished(() => {
    complaints.mockRestore();
    container.remove();
  });
  container.innerHTML = renderToString(<ActiveActionIndicator />);
  const rendered = indicator();
  const store = createActivityStore();
  drive(store).applyJobUpdates([run("1", "running")]);
  renderWithStore(<ActiveActionIndicator />, store, { container, hydrate: true });
  expect(indicator()).toBe(rendered);
  expect(indicatorText()).toBe("Server running (shop)");
  act(() => drive(store).clearBackendJobs());
  passTime();
  expect(indicatorText()).toBe("Idle");
  expect(complaints).not.toHaveBeenCalled();
});
