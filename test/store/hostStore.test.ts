// The slice spreads into a host's own store, whatever middleware that has.
import { drive } from "../support/jobs/drive.ts";
import { createStore } from "zustand";
import { devtools, subscribeWithSelector } from "zustand/middleware";
import { immer } from "zustand/middleware/immer";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  type ActivityState,
  type ActivityStore,
  createActivitySlice,
} from "../../src/store/activityStore.ts";
import { selectLabel } from "../../src/store/selectors.ts";
import { activeKeys, activeLabels, countNotifications } from "../support/jobs/jobStore.ts";
import { build, run } from "../support/jobs/jobs.ts";
import { installFakeDevtools } from "./fakeDevtools.ts";

interface HostState extends ActivityState {
  theme: string;
  setTheme: (theme: string) => void;
}

const plainHost = () =>
  createStore<HostState>()((set, get) => ({
    ...createActivitySlice(set, get),
    theme: "light",
    setTheme: (theme) => set({ theme }),
  }));

const immerHost = () =>
  createStore<HostState>()(
    immer((set, get) => ({
      ...createActivitySlice(set, get),
      theme: "light",
      setTheme: (theme) =>
        set((draft) => {
          draft.theme = theme;
        }),
    })),
  );

const watchedHost = () =>
  createStore<HostState>()(
    devtools(
      subscribeWithSelector((set, get) => ({
        ...createActivitySlice(set, get),
        theme: "light",
        setTheme: (theme) => set({ theme }),
      })),
      { name: "host" },
    ),
  );

afterEach(() => {
  vi.unstubAllGlobals();
});

describe.each([
  ["a plain store", plainHost],
  ["a store with immer", immerHost],
  ["a store with devtools and subscribeWithSelector", watchedHost],
])("in %s", (_, createHost) => {
  it("all actions work, and the host's own state stays", () => {
    const host = createHost();
    const store: ActivityStore = host;
    host.getState().setTheme("dark");
    const { key } = host.getState().registerRequestAction("Syncing");
    drive(host).applyJobSnapshot("build", [build("1", "running"), build("2", "failed")]);
    host.getState().applyJobHint(run("1", "pending"));
    drive(host).applyJobUpdates([run("1", "running")]);
    host.getState().registerBackendJob("deploy:1", "Deploying…");
    drive(host).setConnectionStatus("runs", "live");
    expect(activeLabels(store)).toEqual([
      "Deploying…",
      "Server running (shop)",
      "Building (shop)",
      "Syncing",
    ]);
    host.getState().completeBackendJob("deploy:1");
    host.getState().completeRequestAction(key);
    drive(host).applyJobSnapshot("run", []);
    expect(activeKeys(store)).toEqual(["build:1"]);
    drive(host).clearBackendJobs();
    expect(activeKeys(store)).toEqual([]);
    expect(host.getState().theme).toBe("dark");
    expect(host.getState().connection.runs?.status).toBe("live");
  });

  it("what changes nothing leaves the host's state the same object", () => {
    const host = createHost();
    drive(host).applyJobUpdates([run("1", "running")]);
    const before = host.getState();
    drive(host).applyJobUpdates([run("1", "running")]);
    host.getState().completeBackendJob("run:9");
    drive(host).applyJobSnapshot("build", []);
    expect(host.getState()).toBe(before);
  });

  it("a change of the host's own state leaves the jobs the same objects", () => {
    const host = createHost();
    drive(host).applyJobUpdates([run("1", "running")]);
    const before = host.getState();
    host.getState().setTheme("dark");
    expect(host.getState().backendJobs).toBe(before.backendJobs);
    expect(host.getState().requestActions).toBe(before.requestActions);
  });

  it("a burst is one notification", () => {
    const host = createHost();
    const burst = [run("1", "running"), run("2", "running"), run("3", "stopped")];
    expect(countNotifications(host, () => drive(host).applyJobUpdates(burst))).toBe(1);
  });
});

it("a host's subscription with a selector hears of a label, and of nothing else", () => {
  const host = watchedHost();
  const labels: string[] = [];
  host.subscribe(selectLabel, (label) => labels.push(label));
  drive(host).applyJobUpdates([run("1", "running")]);
  drive(host).applyJobUpdates([run("2", "stopped")]);
  host.getState().setTheme("dark");
  expect(labels).toEqual(["Server running (shop)"]);
});

it("a host's devtools receive the named actions", () => {
  const window = {};
  vi.stubGlobal("window", window);
  const fake = installFakeDevtools(window);
  const host = watchedHost();
  drive(host).applyJobUpdates([run("1", "running")]);
  host.getState().registerRequestAction("Syncing");
  expect(fake.actions()).toEqual(["backendJobs/updates", "requestActions/register"]);
});
