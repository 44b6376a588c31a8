// Keeps a store's jobs true. Its parts:
//   sources/      what is polled and streamed, and what surrounds every source
//   tabs/         one tab runs the sources for all
//   persistence   what this tab has seen outlives a reload, up to when its login has looked also that
//   environment   all that is needed of the browser
import { PayloadError } from "../jobs/payload.ts";
import type { ActivityStore } from "../store/activityStore.ts";
import { callHost } from "../store/hostCode.ts";
import { memoizeByObject } from "../store/memoizeByObject.ts";
import { type ActivityInternals, internalsOf } from "../store/storeWriter.ts";
import { browserEnvironment, type Cancel, type SyncEnvironment } from "./environment.ts";
import { type Persistence, startPersistence } from "./persistence.ts";
import { buildsAndRuns, type BuildsAndRunsOptions } from "./sources/buildsAndRuns.ts";
import { startHintedJobs } from "./sources/attempt.ts";
import { createEventListeners } from "./sources/rawEvents.ts";
import type { SourceHost } from "./sources/sourceRunner.ts";
import { kindNames, type Source } from "./sources/source.ts";
import { createSourceRunners, type SourceRunners } from "./sources/sourceRunners.ts";
import { createRetryAfter } from "./sources/timing.ts";
import { protocolVersion } from "./tabs/messages.ts";
import { createSharedRunners } from "./tabs/sharedRunners.ts";
import { createRunnersWithoutLocks } from "./tabs/withoutLocks.ts";

/** The options of every sync. */
interface SyncOptions {
  /** Any store that holds the activity slice. */
  store: Pick<ActivityStore, "getState" | "subscribe">;
  /**
   * Whose session it is, such as the login: tabs of different sessions never share.
   * @default ""
   */
  session?: string | undefined;
  /** Whether the tabs of a browser share the sources. @default true */
  shareAcrossTabs?: boolean | undefined;
  /** Sends the requests: with a token, say. @default the browser's `fetch` */
  fetch?: SyncEnvironment["fetch"] | undefined;
  /** Opens the streams: with credentials, say. @default `new EventSource(url)` */
  openEventSource?: SyncEnvironment["openEventSource"] | undefined;
  /**
   * Called once, after sync has stopped, when the session has ended: a server answered a source by
   * 401, or another tab signed out.
   */
  onUnauthorized?: (() => void) | undefined;
  /**
   * Called with malformed input (of a server, another tab, the storage or a hint), once for each
   * cause, in a microtask. @default a warning on the console
   */
  onError?: ((problem: PayloadError) => void) | undefined;
  /** The world around sync, for tests. @default {@link browserEnvironment} */
  environment?: SyncEnvironment | undefined;
}

/** Options of {@link startBackendSync}: sources of a host's own, or the pair of the contract. */
export type BackendSyncOptions = SyncOptions &
  (
    | ({ sources: readonly Source[] } & { [Option in keyof BuildsAndRunsOptions]?: never })
    | ({ sources?: undefined } & BuildsAndRunsOptions)
  );

/** A running sync. */
export interface BackendSync {
  /**
   * Has every source ask at once that can be asked: a poll, and a stream that is lost. One whose server
   * sent `Retry-After` waits all the same.
   */
  refresh: () => void;
  /**
   * Calls with the data of each event of this name that a source gets, as the text that came: for a page
   * that would open the same stream otherwise. It does so in every tab, whichever holds the connection;
   * what the source reads of an event may be in the store a moment later. An event that came before is
   * not repeated, nor one that came while there was no connection; a stream's snapshot event says that
   * there is a new one. An event of more than a million characters goes to `onError` instead. A poll has
   * no events. It ends with the function that it returns, and with the sync.
   *
   * @throws TypeError if there is no source of this name: `runs` is the stream of the contract
   */
  onEvent: (source: string, event: string, listener: (data: string) => void) => Cancel;
  /**
   * Ends it for good: every connection and timer is gone, nothing late writes, and the jobs of its
   * kinds are removed from the store while request actions stay. Safe twice.
   */
  stop: () => void;
  /** Stops because the user has signed out: the other tabs of the session stop too. */
  signOut: () => void;
}

/**
 * Keeps the store's jobs true from now until `stop`. It owns every connection and timer, one of each
 * for all tabs of a browser. Without `sources` it follows the builds and runs of the contract under
 * `baseUrl`. Start it when the user is signed in, and stop it when the user is not. Several syncs of
 * different kinds may run on one store.
 *
 * @throws TypeError for an option that cannot be used, a source or kind that the store has already, a
 * store without the activity slice, or a call on a server; and whatever a source's `start` throws
 * meanwhile. No connection, timer or listener stays behind then.
 */
export function startBackendSync(options: BackendSyncOptions): BackendSync {
  const { store, onUnauthorized = () => {}, onError = warn, session = "" } = options;
  const { shareAcrossTabs = true } = options;
  const sources = options.sources ?? buildsAndRuns(options);
  const ofStore = internalsOf(store);
  const running = sourcesOf(ofStore);
  refuseTwice([...running, ...sources]);
  const environment = environmentOf(options);
  const { storage, sharedStorage, tabs } = environment;
  const kinds = kindsOf(sources);
  const { internals, close } = untilStopped(ofStore);
  const ending = new AbortController();
  const names = sources.map(({ name }) => name);
  const events = createEventListeners();
  const host: SourceHost = {
    environment,
    internals,
    hintedJobs: startHintedJobs(internals),
    retryAfter: createRetryAfter(environment.now),
    events,
    isStarting: () => isStarting,
    report,
    onUnauthorized() {
      sendEnded();
      end();
    },
  };
  const runners: SourceRunners[] = [];
  const causes = new Set<string>();
  let persistence: Persistence | undefined;
  let isStarting = true;

  function report(from: string, given: Error): void {
    // What came from another tab or the storage is no source's own: show it with the first one.
    internals.noteSourceError(names.includes(from) ? from : (names[0] ?? from), given.message);
    const problem = given instanceof PayloadError ? given : toPayloadError(from, given);
    const cause = `${from}: ${problem.problem}`;
    if (causes.has(cause)) return;
    causes.add(cause);
    // Later, so that an exception of the host's callback ends nothing here.
    queueMicrotask(() => onError(problem));
  }

  function createRunners(isShared: boolean): SourceRunners {
    const own = sources.filter(({ runsIn = "leader" }) => (runsIn === "leader") === isShared);
    if (own.length === 0 || !isShared || !shareAcrossTabs || !tabs)
      return createSourceRunners(host, own);
    const shared = {
      ...host,
      store,
      tabs,
      sources: own,
      name: nameOf(session, own),
      kinds: kindsOf(own),
      onEnded: end,
    };
    return tabs.locks ? createSharedRunners(shared, tabs.locks) : createRunnersWithoutLocks(shared);
  }

  function sendEnded(): void {
    if (!ending.signal.aborted) for (const it of runners) it.sendEnded?.();
  }

  function end(): void {
    if (ending.signal.aborted) return;
    stop();
    callHost(onUnauthorized);
  }

  function stop(): void {
    if (ending.signal.aborted) return;
    ending.abort();
    events.close();
    close();
    release();
    persistence?.endSession();
    forget();
  }

  function forget(): void {
    internals.batch(() => {
      internals.clearJobs(kinds);
      internals.closeSources(names);
    });
  }

  function release(): void {
    for (const source of sources) running.delete(source);
    for (const cancel of cancels) cancel();
    for (const it of runners) it.stop();
  }

  function refresh(): void {
    for (const it of runners) it.refresh();
  }

  function restart(): void {
    for (const it of runners) it.restart();
  }

  const cancels: Cancel[] = [
    // A host that resets its store, or brings back what another page knew, leaves nothing true in it.
    store.subscribe(internals.check),
    internals.onReset(restart),
    internals.onHintProblem((problem) => report("hint", problem)),
    internals.onRefreshRequest(refresh),
    host.hintedJobs.stop,
  ];
  try {
    for (const source of sources) running.add(source);
    internals.check();
    if (tabs) {
      const onProblem = (problem: PayloadError) => report("memory", problem);
      const name = nameOf(session, sources);
      const storages = { storage, sharedStorage };
      persistence = startPersistence({ ...storages, tabs, internals, kinds, name, onProblem });
      cancels.push(persistence.stop);
    }
    for (const isShared of [true, false]) {
      const next = createRunners(isShared);
      runners.push(next);
      next.start();
      // A store subscriber may have ended the session meanwhile.
      if (ending.signal.aborted) break;
    }
  } catch (error) {
    // The caller gets no handle to stop it by, nor the store what was brought back of this session.
    release();
    forget();
    throw error;
  }
  isStarting = false;

  return {
    refresh,
    onEvent(source, event, listener) {
      if (names.includes(source)) return events.add({ source, event }, listener);
      const known = names.map((name) => `"${name}"`).join(", ");
      throw new TypeError(`onEvent: there is no source "${source}" here, but ${known}`);
    },
    stop,
    signOut() {
      sendEnded();
      stop();
    },
  };
}

/** The sources that run on each store. */
const sourcesOf = memoizeByObject<ActivityInternals, Set<Source>>(() => new Set());

/** What is done with malformed input by default. */
export function warn({ message }: PayloadError): void {
  console.warn(`[active-indicator] ${message}`);
}

function environmentOf(options: SyncOptions): SyncEnvironment {
  const { environment = browserEnvironment, fetch, openEventSource } = options;
  // A sync that begins while a server renders a page would poll for nobody, until the server ends.
  if (!options.environment && typeof window === "undefined") {
    throw new TypeError(
      "startBackendSync: there is no window here; call it in the browser, in an effect, or " +
        "give `environment: browserEnvironment` in a script or a worker",
    );
  }
  if (!fetch && !openEventSource) return environment;
  // A spread would call the getters of browserEnvironment, which read the browser only when needed.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object whose prototype it is
  const own = Object.create(environment) as SyncEnvironment;
  // As plain functions: a browser's own `fetch` refuses to be called as a method of another object.
  if (fetch) own.fetch = (url, init) => fetch(url, init);
  if (openEventSource) own.openEventSource = (url) => openEventSource(url);
  return own;
}

function kindsOf(sources: readonly Source[]): ReadonlySet<string> {
  return new Set(sources.flatMap(kindNames));
}

function refuseTwice(sources: readonly Source[]): void {
  for (const [what, names] of [
    ["source", sources.map(({ name }) => name)],
    ["kind", sources.flatMap(kindNames)],
  ] as const) {
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice === undefined) continue;
    const remedy = "stop the sync that has it, or make one defineSource of both";
    throw new TypeError(`startBackendSync: this store has the ${what} "${twice}" twice; ${remedy}`);
  }
}

// Names the lock, the channel and the storage of one session on one backend. It holds the version of
// the messages, so that an older build of a host never leads a newer one.
function nameOf(session: string, sources: readonly Source[]): string {
  const parts = sources.map((source) => [source.name, source.key ?? "", ...kindNames(source)]);
  return JSON.stringify(["active-indicator", protocolVersion, session, ...parts]);
}

function toPayloadError(from: string, problem: Error): PayloadError {
  return new PayloadError(from, "what can be read", problem.message, { cause: problem });
}

/**
 * The internals of a store whose verbs write nothing once `close` was called: then a part of sync
 * that is in the middle of something when the sync stops cannot write after it (rule 7).
 */
function untilStopped(all: ActivityInternals) {
  let isClosed = false;
  const gate =
    <Args extends readonly unknown[]>(write: (...args: Args) => void) =>
    (...args: Args): void => {
      if (!isClosed) write(...args);
    };
  const internals: ActivityInternals = {
    ...all,
    applyJobSnapshot: (...snapshot) => !isClosed && all.applyJobSnapshot(...snapshot),
    applyJobUpdates: gate(all.applyJobUpdates),
    removeJobs: gate(all.removeJobs),
    applyJobPatch: gate(all.applyJobPatch),
    rehydrateJobs: gate(all.rehydrateJobs),
    openSource: gate(all.openSource),
    setSourceStatus: gate(all.setSourceStatus),
    setClockOffset: gate(all.setClockOffset),
    noteSourceError: gate(all.noteSourceError),
    applyConnection: gate(all.applyConnection),
  };
  const close = () => {
    isClosed = true;
  };
  return { internals, close };
}
