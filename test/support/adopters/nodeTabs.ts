import { onTestFinished } from "vitest";
import {
  type ActivityStore,
  type BackendSync,
  type BackendSyncOptions,
  browserEnvironment,
  createActivityStore,
  selectLabel,
  type Source,
  startBackendSync,
} from "../../../src/index.ts";
import type { RestReason } from "../../../src/sync/environment.ts";
import { NodeEventSource } from "../sync/eventSource.ts";
import { createFakeLocks } from "../tabs/fakeLocks.ts";

/** What an adopter gives to `startBackendSync`. */
export interface AdopterOptions {
  sources: readonly Source[];
  fetch?: BackendSyncOptions["fetch"];
}

/** A tab in Node: with a network, timers and channels that are real, and a store of its own. */
export interface NodeTab {
  readonly name: string;
  readonly store: ActivityStore;
  readonly sync: BackendSync;
  /** What its header says. */
  label: () => string;
  /** How its sources stand: `{ builds: "live" }`. */
  connection: () => Record<string, string>;
  /** It is gone, and knows. */
  close: () => void;
}

/** Opens tabs that share whatever tabs of one browser share; all are closed after the test. */
export function createNodeTabs(follow: (origin: string, tab: string) => AdopterOptions) {
  const locks = createFakeLocks();
  const tabs: NodeTab[] = [];
  // Node has no locks: the fake ones are told on.
  const timer = setInterval(() => tabs.forEach(({ name }) => locks.tell(name)), 5);
  onTestFinished(() => {
    clearInterval(timer);
    for (const tab of tabs) tab.close();
  });

  return function open(origin: string): NodeTab {
    const name = `tab-${tabs.length}`;
    const rest = new Set<(reason: RestReason) => void>();
    const store = createActivityStore();
    const from = (url: string) => `${url}?tab=${name}`;
    const sync = startBackendSync({
      store,
      environment: {
        ...browserEnvironment,
        // A lost source is tried again soon.
        random: () => 0.01,
        fetch: (url, init) => fetch(from(url), init),
        openEventSource: (url) => new NodeEventSource(from(url)),
        tabs: {
          locks: locks.managerOf(name),
          openChannel: (channel) => new BroadcastChannel(channel),
          onRest(listener) {
            rest.add(listener);
            return () => void rest.delete(listener);
          },
        },
      },
      ...follow(origin, name),
    });
    const tab: NodeTab = {
      name,
      store,
      sync,
      label: () => selectLabel(store.getState()),
      connection: () =>
        Object.fromEntries(
          Object.entries(store.getState().connection).map(([source, it]) => [source, it.status]),
        ),
      close() {
        for (const listener of rest) listener("left");
        sync.stop();
        locks.abandon(name);
      },
    };
    tabs.push(tab);
    return tab;
  };
}
