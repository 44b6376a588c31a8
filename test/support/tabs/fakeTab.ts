import { onTestFinished } from "vitest";
import type { PayloadError } from "../../../src/jobs/payload.ts";
import { type ActivityStore, createActivityStore } from "../../../src/store/activityStore.ts";
import type { RestReason, TabEnvironment } from "../../../src/sync/environment.ts";
import { type BackendSync, startBackendSync } from "../../../src/sync/startBackendSync.ts";
import { createFakeEnvironment, type FakeEnvironment } from "../../../src/testing/environment.ts";
import { activeLabels, recordLabels } from "../jobs/jobStore.ts";
import { type OwnOptions, statuses } from "../sync/harness.ts";
import type { FakeChannels } from "./fakeChannels.ts";
import type { FakeLocks } from "./fakeLocks.ts";

/** How a tab begins: options of its sync, and whether it is hidden. */
export interface FakeTabOptions extends Partial<Omit<OwnOptions, "environment">> {
  /** @default false */
  isHidden?: boolean;
  /** Whether the browser has locks. @default true */
  hasLocks?: boolean;
  /** @default a new one of its own */
  store?: ActivityStore;
  /** The seed of its random numbers, and so of its name among the tabs. @default its place */
  seed?: number;
}

/** What the server has, for a tab's sources to answer. */
export interface FakeTruth {
  runs?: readonly unknown[];
  builds?: readonly unknown[];
}

/** A tab: a page with a sync and a store of its own. */
export interface FakeTab {
  readonly name: string;
  readonly environment: FakeEnvironment;
  readonly store: ActivityStore;
  readonly sync: BackendSync;
  readonly problems: readonly PayloadError[];
  readonly calls: { readonly unauthorized: number };
  /** Every label since it was opened, without repetitions. */
  readonly labels: readonly string[];
  /** The labels of all that is going on, latest first. */
  active: () => string[];
  connection: () => ReturnType<typeof statuses>;
  /** Whether it has a stream of its own. */
  isLeading: () => boolean;
  /** Whether anything can happen in it. */
  isRunning: () => boolean;
  /** The server answers the tab's stream and its poll. */
  answer: (truth?: FakeTruth) => void;
  hide: () => void;
  show: () => void;
  /** Nothing happens in it until `thaw`, not even what others say. */
  freeze: () => void;
  thaw: () => void;
  /** It is gone without a word. */
  crash: () => void;
  /** It is gone, and knows. */
  close: () => void;
  /** Its page goes into the back/forward cache. */
  leave: () => void;
  /** Its page comes back out of that. */
  restore: () => void;
}

interface World {
  readonly locks: FakeLocks;
  readonly channels: FakeChannels;
}

/** Opens a tab in a browser of these locks and channels. Its sync is stopped after the test. */
export function openFakeTab(
  { locks, channels }: World,
  name: string,
  {
    isHidden = false,
    hasLocks = true,
    seed = 1,
    store = createActivityStore(),
    ...options
  }: FakeTabOptions,
): FakeTab {
  const rest = new Set<(reason: RestReason) => void>();
  const tabs: TabEnvironment = {
    locks: hasLocks ? locks.managerOf(name) : undefined,
    openChannel: (channel) => channels.open(name, channel),
    onRest(listener) {
      rest.add(listener);
      return () => void rest.delete(listener);
    },
  };
  const environment = { ...createFakeEnvironment({ isHidden, seed }), tabs };
  const labels = recordLabels(store);
  const problems: PayloadError[] = [];
  const calls = { unauthorized: 0 };
  let state: "running" | "frozen" | "gone" = "running";

  const sync = startBackendSync({
    store,
    environment,
    onError: (problem) => problems.push(problem),
    onUnauthorized: () => (calls.unauthorized += 1),
    ...options,
  });
  onTestFinished(sync.stop);
  const tell = (reason: RestReason) => [...rest].forEach((listener) => listener(reason));

  function hide(): void {
    environment.hide();
    tell("hidden");
  }

  function crash(): void {
    state = "gone";
    channels.abandon(name);
    locks.abandon(name);
  }

  // In the browser's order: what is left becomes hidden after that.
  function leave(): void {
    tell("left");
    hide();
    state = "frozen";
  }

  return {
    name,
    environment,
    store,
    sync,
    problems,
    calls,
    labels,
    active: () => activeLabels(store),
    connection: () => statuses(store),
    isLeading: () => environment.sources.length > 0,
    isRunning: () => state === "running",
    answer({ runs = [], builds = [] } = {}) {
      environment.source().init(runs);
      environment.request().respond({ builds });
    },
    hide,
    show: environment.show,
    freeze() {
      state = "frozen";
    },
    thaw() {
      state = "running";
    },
    crash,
    close() {
      leave();
      crash();
    },
    leave,
    restore() {
      state = "running";
      environment.show();
      environment.wake("restored");
    },
  };
}
