// A host's `persist` brings back what another page knew: nothing of it may pass for true.
import { drive } from "../support/jobs/drive.ts";
import { createStore } from "zustand/vanilla";
import { createJSONStorage, persist, type StateStorage } from "zustand/middleware";
import { describe, expect, it, vi } from "vitest";
import { type ActivityState, createActivitySlice } from "../../src/store/activityStore.ts";
import { selectLabel, selectUnreadFailures } from "../../src/store/selectors.ts";
import { activeLabels } from "../support/jobs/jobStore.ts";
import { build, run } from "../support/jobs/jobs.ts";
import { startFakeSync, statuses } from "../support/sync/harness.ts";
import { buildJob, runJob } from "../support/sync/wire.ts";

/** How far apart the lives of two pages lie on the logical clock, as if 10 s had passed. */
const aLifeAgo = 10_000_000_000;

/** What an earlier page has left behind, everything in it. */
function leftBehind(): string {
  const store = createStore<ActivityState>()((set, get) => createActivitySlice(set, get));
  const state = drive(store);
  state.registerRequestAction("Saving…");
  state.applyJobSnapshot("run", [run("r1", "running"), run("r0", "failed")]);
  state.applyJobUpdates([build("b1", "running"), build("b2", "running"), build("b2", "failed")]);
  state.setConnectionStatus("runs", "live");
  state.setConnectionStatus("builds", "live");
  return JSON.stringify({ state: store.getState(), version: 0 }, (key, value: unknown) =>
    key === "order" && typeof value === "number" ? value - aLifeAgo : value,
  );
}

function createHost(getItem: StateStorage["getItem"]) {
  const storage = createJSONStorage(() => ({ getItem, setItem() {}, removeItem() {} }));
  return createStore<ActivityState>()(
    persist((set, get) => createActivitySlice(set, get), { name: "host", storage }),
  );
}

describe("before any sync", () => {
  it("shows nothing of it", () => {
    const store = createHost(leftBehind);
    expect(Object.keys(store.getState().backendJobs)).not.toEqual([]);
    expect(selectLabel(store.getState())).toBe("Idle");
    expect(selectUnreadFailures(store.getState())).toBe(0);
  });

  it("keeps it from standing above later work, and drops it with the first", () => {
    const store = createHost(leftBehind);
    const { key } = store.getState().registerRequestAction("Syncing");
    expect(activeLabels(store)).toEqual(["Syncing"]);
    expect(Object.keys(store.getState().requestActions)).toEqual([key]);
    expect(store.getState().backendJobs).toEqual({});
    expect(statuses(store)).toEqual({ runs: "off", builds: "off" });
  });
});

describe("with a sync", () => {
  it("claims nothing until the sources have answered, and then what they list", async () => {
    const store = createHost(leftBehind);
    const { environment } = startFakeSync({ store });
    expect(statuses(store)).toEqual({ runs: "connecting", builds: "connecting" });
    expect(store.getState().backendJobs).toEqual({});
    environment.source().init([runJob("r1", "running")]);
    environment.request().respond({ builds: [] });
    await environment.settle();
    expect(activeLabels(store)).toEqual(["Server running (shop)"]);
  });

  it("keeps what the sources have listed when it comes late", async () => {
    const resolvers: ((text: string) => void)[] = [];
    const store = createHost(() => new Promise((resolve) => resolvers.push(resolve)));
    const { environment } = startFakeSync({ store });
    environment.source().init([runJob("r9", "running")]);
    environment.request().respond({ builds: [buildJob("b9", "running")] });
    await environment.settle();
    resolvers[0]?.(leftBehind());
    await environment.settle();
    expect(statuses(store)).toEqual({ runs: "live", builds: "live" });
    expect(activeLabels(store)).toEqual(["Building (shop)", "Server running (shop)"]);
    expect(Object.keys(store.getState().backendJobs)).toEqual(["run:r9", "build:b9"]);
    expect(environment.totals).toEqual({ sources: 1, requests: 1 });
  });
});

/** What two pages share of a browser: what one writes, the other is told of. */
function createSharedStorage() {
  const kept = new Map<string, string>();
  const told: [() => void, () => void] = [() => {}, () => {}];
  const due: (() => void)[] = [];
  const storageOf = (page: 0 | 1): StateStorage => ({
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, text) {
      if (kept.get(key) === text) return;
      kept.set(key, text);
      due.push(() => told[page === 0 ? 1 : 0]());
    },
    removeItem: (key) => void kept.delete(key),
  });
  return { storageOf, told, tellAll: () => due.splice(0).forEach((tell) => tell()) };
}

/** A page with modules of its own, as each tab has. */
async function openPage(page: 0 | 1, { storageOf, told }: ReturnType<typeof createSharedStorage>) {
  vi.resetModules();
  const own = {
    ...(await import("../../src/store/activityStore.ts")),
    ...(await import("../support/sync/harness.ts")),
  };
  const storage = createJSONStorage(() => storageOf(page));
  const store = createStore<ActivityState>()(
    persist((set, get) => own.createActivitySlice(set, get), { name: "host", storage }),
  );
  told[page] = () => void store.persist.rehydrate();
  const world = { seed: page + 1 };
  const { environment } = own.startFakeSync({ store, world, shareAcrossTabs: false });
  const answered = new Set<unknown>();
  const answer = () => {
    for (const source of environment.sources) {
      if (!answered.has(source)) source.init([runJob("r1", "running")]);
      answered.add(source);
    }
    environment.requests[0]?.respond({ builds: [] });
    return environment.settle();
  };
  return { environment, answer };
}

describe("two tabs whose hosts rehydrate when the other one writes", () => {
  it("do not have each other ask the server again and again", async () => {
    const shared = createSharedStorage();
    const pages = [await openPage(0, shared), await openPage(1, shared)];
    for (let rounds = 0; rounds < 100; rounds += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one round after the other
      await Promise.all(pages.map(({ answer }) => answer()));
      shared.tellAll();
      // oxlint-disable-next-line no-await-in-loop -- one round after the other
      await Promise.all(pages.map(({ environment }) => environment.advance(10)));
    }
    for (const { environment } of pages) {
      expect(environment.totals.sources).toBeLessThan(5);
    }
  });
});
