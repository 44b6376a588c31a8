import { internalsOf } from "../../../src/store/storeWriter.ts";
import type { PayloadError } from "../../../src/jobs/payload.ts";
import { createStore, type StoreApi } from "zustand/vanilla";
import {
  type ActivityState,
  createActivitySlice,
  createActivityStore,
} from "../../../src/store/activityStore.ts";
import type { SyncEnvironment } from "../../../src/sync/environment.ts";
import { buildsAndRuns } from "../../../src/sync/sources/buildsAndRuns.ts";
import { type BackendSync, startBackendSync } from "../../../src/sync/startBackendSync.ts";
import { createFakeEnvironment } from "../../../src/testing/environment.ts";
import { createPollWires } from "./polls.ts";
import { createPushWires } from "./pushes.ts";
import { createServer } from "./server.ts";
import { createStreamWires } from "./stream.ts";
import { createUser } from "./user.ts";

/** How a schedule's world is made. */
export interface WorldOptions {
  /** By how much the server's clock is off, in ms. */
  skewMs: number;
  /** Whether a request that was aborted can be answered all the same. */
  ignoresAbort: boolean;
  isHidden: boolean;
  seed: number;
  /** Whether the store is a host's own, with a subscriber that throws whenever it is called. */
  throws: boolean;
}

/** A session: from a start of the sync to its stop. */
export interface Session {
  readonly sync: BackendSync;
  isOver: boolean;
  /** Whether the server has refused it, and that was heard. */
  isRefused: boolean;
  unauthorized: number;
  readonly problems: PayloadError[];
}

/** A server, a network and a page, with a real sync and a real store in it. */
export type World = ReturnType<typeof createWorld>;

/** Creates a world in which nobody has signed in yet. */
export function createWorld({ skewMs, throws, ...options }: WorldOptions) {
  const environment = createFakeEnvironment(options);
  const server = createServer(skewMs);
  const store = throws ? createHostStore() : createActivityStore();
  const stream = createStreamWires(server, environment.elapsed);
  const polls = createPollWires(server);
  const pushes = createPushWires(server, count);
  const user = createUser(store, server);
  const hintListeners = countHintListeners(store);
  const throwing = () => (throws ? store.subscribe(throwOnPurpose) : () => {});
  let stopThrowing = throwing();
  const earlier: Session[] = [];
  let session: Session | undefined;
  let events = 0;
  let resets = 0;

  /** The next reading of the model's own count of what happens. */
  function count(): number {
    events += 1;
    return events;
  }

  // What was asked before a reset of the store says nothing of what is true after it.
  const isOverLater = (own = session, before = resets) => {
    return () => own === undefined || own.isOver || resets !== before;
  };

  const watched: SyncEnvironment = {
    ...environment,
    fetch(url, init) {
      const response = environment.fetch(url, init);
      polls.asked(environment.request(), count(), isOverLater());
      return response;
    },
    openEventSource(url) {
      const source = environment.openEventSource(url);
      stream.opened(environment.source(), count());
      return source;
    },
  };
  function start(): Session {
    const next: { -readonly [Key in keyof Session]: Session[Key] } = {
      sync: { refresh() {}, onEvent: () => () => {}, stop() {}, signOut() {} },
      isOver: false,
      isRefused: false,
      unauthorized: 0,
      problems: [],
    };
    if (session) earlier.push(session);
    stream.beginAnew();
    session = next;
    next.sync = startBackendSync({
      store,
      environment: watched,
      sources: [...buildsAndRuns(), pushes.source],
      onError: (problem) => next.problems.push(problem),
      onUnauthorized: () => {
        next.unauthorized += 1;
        next.isOver = true;
      },
    });
    return next;
  }

  return {
    /** The host puts its store back to what it was at the beginning. */
    reset() {
      resets += 1;
      user.forgetLabels();
      stream.beginAnew();
      // In a write of the host's own zustand calls nobody behind a subscriber that throws.
      stopThrowing();
      store.setState(store.getInitialState(), true);
      stopThrowing = throwing();
    },
    resets: () => resets,
    environment,
    server,
    store,
    stream,
    polls,
    pushes,
    user,
    count,
    start,
    session: () => session,
    /** Sessions that have ended before the one that runs. */
    earlier,
    isRunning: () => session !== undefined && !session.isOver,
    isOverLater,
    /** How many connections were opened in all. */
    opened: () => environment.totals.sources + pushes.opened(),
    hintListeners,
  };
}

function createHostStore(): StoreApi<ActivityState> {
  return createStore<ActivityState>()((set, get) => createActivitySlice(set, get));
}

function throwOnPurpose(): never {
  throw new Error("a host's own mistake");
}

/** How many listeners there are for hints. */
function countHintListeners(store: StoreApi<ActivityState>): () => number {
  const internals = internalsOf(store);
  const { onJobHint } = internals;
  const undone = new Set<() => void>();
  let made = 0;
  // Every sync takes its verbs from here.
  Object.assign(internals, {
    onJobHint(listener: Parameters<typeof onJobHint>[0]) {
      const undo = onJobHint(listener);
      made += 1;
      return () => {
        undone.add(undo);
        undo();
      };
    },
  });
  return () => made - undone.size;
}
