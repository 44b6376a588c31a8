import { sourcesOf } from "../must.ts";
import { createActivityStore } from "../../../../src/store/activityStore.ts";
import type { RestReason, SyncEnvironment } from "../../../../src/sync/environment.ts";
import { type BackendSync, startBackendSync } from "../../../../src/sync/startBackendSync.ts";
import { createFakeEnvironment } from "../../../../src/testing/environment.ts";
import { keyOf } from "../evidence.ts";
import { createPollWires } from "../polls.ts";
import type { Server, ServerJob } from "../server.ts";
import { createStreamWires } from "../stream.ts";
import { createUser } from "../user.ts";
import { createFakeChannels, type FakeChannels } from "./channels.ts";
import { createFakeLocks, type FakeLocks } from "./locks.ts";
import { createTermWatch } from "./words.ts";

/** What a tab's page is doing: `cached` is the back/forward cache, `gone` closed or crashed. */
export type PageState = "open" | "frozen" | "cached" | "gone";

/** A tab of the browser, with a store and a sync of its own. */
export type Tab = ReturnType<typeof openTab>;

/** A browser with any number of tabs of one session, and a server. */
export interface Browser {
  readonly server: Server;
  readonly locks: FakeLocks;
  readonly channels: FakeChannels;
  /** All tabs that there have been. */
  readonly tabs: readonly Tab[];
  readonly open: (isHidden: boolean) => Tab;
  /** Tabs in which something can happen now. */
  readonly running: () => Tab[];
  readonly announce: (job: ServerJob) => void;
  /** Whether the user has signed out; the server then refuses the session. */
  isSignedOut: boolean;
}

/** Creates a browser without tabs. */
export function createBrowser(server: Server): Browser {
  const locks = createFakeLocks();
  const tabs: Tab[] = [];
  const channels = createFakeChannels((name, data) => tabs[name]?.speaksInformed(data) ?? false);

  return {
    server,
    locks,
    channels,
    tabs,
    open(isHidden) {
      // The clock of the machine is one for all tabs.
      const startAt = tabs[0]?.environment.now() ?? Date.UTC(2026, 0, 5, 12);
      const tab = openTab({ name: tabs.length, startAt, isHidden, server, locks, channels });
      tabs.push(tab);
      return tab;
    },
    running: () => tabs.filter(({ page }) => page.state === "open"),
    announce(job) {
      if (job.kind === "run" && job.isListed) for (const { stream } of tabs) stream.announce(job);
    },
    isSignedOut: false,
  };
}

interface TabOptions {
  readonly name: number;
  readonly startAt: number;
  readonly isHidden: boolean;
  readonly server: Server;
  readonly locks: FakeLocks;
  readonly channels: FakeChannels;
}

function openTab({ name, startAt, isHidden, server, locks, channels }: TabOptions) {
  const environment = createFakeEnvironment({ startAt, isHidden, seed: name + 1 });
  const store = createActivityStore();
  const stream = createStreamWires(server, environment.elapsed);
  const polls = createPollWires(server);
  const user = createUser(store, server);
  const hasAskedInTerm = createTermWatch();
  const restListeners = new Set<(reason: RestReason) => void>();
  const page: { state: PageState; isStopped: boolean; unauthorized: number } = {
    state: "open",
    isStopped: false,
    unauthorized: 0,
  };

  const watched: SyncEnvironment = {
    ...environment,
    fetch(url, init) {
      const response = environment.fetch(url, init);
      polls.asked(environment.request(), 0, () => page.isStopped);
      return response;
    },
    openEventSource(url) {
      const source = environment.openEventSource(url);
      stream.opened(environment.source(), 0);
      return source;
    },
    tabs: {
      locks: locks.managerOf(name),
      openChannel: () => channels.openIn(name),
      onRest(listener) {
        restListeners.add(listener);
        return () => void restListeners.delete(listener);
      },
    },
  };
  const sync: BackendSync = startBackendSync({
    store,
    environment: watched,
    onError(problem) {
      throw new Error(`tab ${name} was told something malformed`, { cause: problem });
    },
    onUnauthorized() {
      page.isStopped = true;
      page.unauthorized += 1;
    },
  });

  return {
    name,
    environment,
    store,
    stream,
    polls,
    user,
    sync,
    page,
    rest(reason: RestReason) {
      for (const listener of restListeners) listener(reason);
    },
    restListeners: () => restListeners.size,
    isLeading: () => environment.sources.length > 0,
    /** Whether it leads and both of its sources have answered. */
    isInformed() {
      const { runs, builds } = sourcesOf(store.getState());
      return environment.sources.length > 0 && `${runs.status} ${builds.status}` === "live live";
    },
    /** Whether it is informed, and by answers to what it has asked in the term in which it speaks. */
    speaksInformed(data: unknown) {
      return hasAskedInTerm(data, environment.totals) && this.isInformed();
    },
    /** Whether it must hear that the user has signed out: it was there, and has not left since. */
    mustHearOfEnd: false,
    /** Jobs that the user has asked for here, and of which no leader has said anything yet. */
    unanswered: new Set<string>(),
    /** The answer to the user's oldest request arrives. */
    answerUser() {
      const evidence = user.deliver(0, 0);
      if (evidence.type === "hint") this.unanswered.add(keyOf(evidence.job));
    },
  };
}
