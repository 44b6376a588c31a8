// Keeps a store's jobs true. Its parts:
//   sources/      what is asked and listened to, and what surrounds every source
//   tabs/         one tab runs the sources for all
//   persistence   what this tab has seen outlives a reload
//   environment   all that is needed of the browser
import { PayloadError } from "../jobs/payload.ts";
import type { ActivityStore } from "../store/activityStore.ts";
import { callHost } from "../store/hostCode.ts";
import { type ActivityInternals, internalsOf } from "../store/storeWriter.ts";
import { browserEnvironment, type SyncEnvironment } from "./environment.ts";
import { type Persistence, startPersistence } from "./persistence.ts";
import { buildsAndRuns, type BuildsAndRunsOptions } from "./sources/buildsAndRuns.ts";
import type { Pace } from "./sources/timing.ts";
import type { Source } from "./sources/source.ts";
import { type Sources, startSources } from "./sources/startSources.ts";
import { protocolVersion } from "./tabs/messages.ts";
import { shareSources } from "./tabs/shareSources.ts";
import type { RunningSources, SharedSources } from "./tabs/sharedSources.ts";
import { startWithoutLocks } from "./tabs/withoutLocks.ts";

/** What every sync can be given. */
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
  /** How requests are sent: with a token, say. @default the browser's `fetch` */
  fetch?: SyncEnvironment["fetch"] | undefined;
  /** How streams are opened: with credentials, say. @default `new EventSource(url)` */
  openEventSource?: SyncEnvironment["openEventSource"] | undefined;
  /**
   * Called once when the session has ended: a source was answered by 401, or another tab signed
   * out. Sync has stopped by then.
   */
  onUnauthorized?: (() => void) | undefined;
  /** Called with the first of each cause of bad input. @default a warning on the console */
  onError?: ((problem: PayloadError) => void) | undefined;
  /** The world around it, for tests. @default the browser */
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
  /** Has each source that can be asked look at once. */
  refresh: () => void;
  /**
   * Ends it for good: every connection and timer is gone, nothing late writes, and the jobs of its
   * kinds are removed from the store while request actions stay. Safe twice.
   */
  stop: () => void;
  /** Stops because the user has signed out: the other tabs of the session stop too. */
  signOut: () => void;
}

/**
 * Keeps the store's jobs true, from now until `stop`: owns every connection and timer, one of each
 * for all tabs of a browser. Without `sources` it follows the builds and runs of the contract under
 * `baseUrl`. Start it when the user is signed in, stop it when they are not. Several syncs of
 * different kinds may run on one store.
 *
 * @throws TypeError for an option that cannot be used
 */
export function startBackendSync(options: BackendSyncOptions): BackendSync {
  const { store, onUnauthorized = () => {}, onError = warn, session = "" } = options;
  const { shareAcrossTabs = true } = options;
  const sources = options.sources ?? buildsAndRuns(options);
  refuseTwice(sources);
  const environment = environmentOf(options);
  const { verbs: internals, close } = untilStopped(internalsOf(store));
  const ending = new AbortController();
  const kinds = kindsOf(sources);
  const names = sources.map(({ name }) => name);
  const paces = new Map<string, Pace>();
  let persistence: Persistence | undefined;
  const running: RunningSources[] = [];
  let wasReset = false;

  const causes = new Set<string>();
  function report(from: string, problem: Error): void {
    // What came from elsewhere, such as another tab, is to be read at the first of them.
    internals.noteSourceError(names.includes(from) ? from : (names[0] ?? from), problem.message);
    const told = problem instanceof PayloadError ? problem : toPayloadError(from, problem);
    const cause = `${from}: ${told.problem}`;
    if (causes.has(cause)) return;
    causes.add(cause);
    // On its own, so that what a host's callback throws costs nothing else.
    queueMicrotask(() => onError(told));
  }

  function start(isShared: boolean): RunningSources {
    const own = sources.filter(({ runsIn = "leader" }) => (runsIn === "leader") === isShared);
    const startOwn = () =>
      startSources({
        environment,
        store,
        internals,
        sources: own,
        paces,
        report,
        signal: ending.signal,
        onUnauthorized: () => end(false),
      });
    const { tabs } = environment;
    if (own.length === 0 || !isShared || !shareAcrossTabs || !tabs) return alone(startOwn());
    const shared: SharedSources = {
      environment,
      tabs,
      store,
      internals,
      sources: own,
      startSources: startOwn,
      name: nameOf(session, own),
      names: new Set(own.map(({ name }) => name)),
      kinds: kindsOf(own),
      onEnded: () => end(true),
      onProblem: (problem) => report("other tabs", problem),
    };
    return tabs.locks ? shareSources(shared, tabs.locks) : startWithoutLocks(shared);
  }

  function end(isKnownElsewhere: boolean): void {
    if (ending.signal.aborted) return;
    if (!isKnownElsewhere) for (const it of running) it.sendEnded();
    stop();
    callHost(onUnauthorized);
  }

  function stop(): void {
    if (ending.signal.aborted) return;
    ending.abort();
    close();
    for (const cancel of cancels) cancel();
    for (const it of running) it.stop();
    persistence?.forget();
    internals.batch(() => {
      internals.clearJobs(kinds);
      internals.closeSources(names);
    });
  }

  function restart(): void {
    wasReset = true;
    for (const it of running) it.restart();
  }

  // A host that resets its store, or brings back what another page knew, leaves nothing true in it.
  const cancels = [
    store.subscribe(internals.check),
    internals.onReset(restart),
    internals.onHintProblem((problem) => report("hint", problem)),
  ];
  internals.check();
  const { storage, tabs } = environment;
  const onProblem = (problem: PayloadError) => report("memory", problem);
  if (storage && tabs) {
    const name = nameOf(session, sources);
    persistence = startPersistence({ storage, tabs, store, internals, name, onProblem });
  }
  wasReset = false;
  try {
    for (const isShared of [true, false]) running.push(start(isShared));
    // By a store subscriber, in the middle of the start.
    if (wasReset) restart();
  } catch (error) {
    // Whoever has no handle cannot stop it.
    for (const cancel of cancels) cancel();
    for (const it of running) it.stop();
    persistence?.stop();
    internals.closeSources(names);
    throw error;
  }
  if (ending.signal.aborted) for (const it of running) it.stop();

  return {
    refresh: () => running.forEach((it) => it.refresh()),
    stop,
    signOut() {
      if (!ending.signal.aborted) for (const it of running) it.sendEnded();
      stop();
    },
  };
}

function warn({ message }: PayloadError): void {
  console.warn(`[active-indicator] ${message}`);
}

function environmentOf(options: SyncOptions): SyncEnvironment {
  const { environment = browserEnvironment, fetch, openEventSource } = options;
  if (!fetch && !openEventSource) return environment;
  // One by one, since some of them are read off the browser only when they are used.
  const given = { ...(fetch && { fetch }), ...(openEventSource && { openEventSource }) };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object whose prototype it is
  const inherited = Object.create(environment) as SyncEnvironment;
  return Object.assign(inherited, given);
}

function kindsOf(sources: readonly Source[]): ReadonlySet<string> {
  return new Set(sources.flatMap(({ kinds }) => kinds.map(({ name }) => name)));
}

function refuseTwice(sources: readonly Source[]): void {
  for (const [what, names] of [
    ["source", sources.map(({ name }) => name)],
    ["kind", sources.flatMap(({ kinds }) => kinds.map(({ name }) => name))],
  ] as const) {
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice === undefined) continue;
    const remedy = "give it once; a kind by two ways is one defineSource";
    throw new TypeError(`startBackendSync: the ${what} "${twice}" is given twice; ${remedy}`);
  }
}

// What is of one session on one backend, by the version of what is said of it: an older build of a
// host never leads a newer one.
function nameOf(session: string, sources: readonly Source[]): string {
  const told = sources.map(({ name, kinds, key = "" }) => {
    return [name, key, ...kinds.map((kind) => kind.name)];
  });
  return JSON.stringify(["active-indicator", protocolVersion, session, ...told]);
}

function toPayloadError(from: string, problem: Error): PayloadError {
  return new PayloadError(from, "what can be read", problem.message, { cause: problem });
}

function alone(sources: Sources): RunningSources {
  return { ...sources, sendEnded() {} };
}

/**
 * The verbs of a store that write only until the sync has stopped: whatever is in the middle of
 * something then writes nothing any more (rule 7).
 */
function untilStopped(all: ActivityInternals) {
  let isClosed = false;
  const gate =
    <Args extends readonly unknown[]>(write: (...args: Args) => void) =>
    (...args: Args): void => {
      if (!isClosed) write(...args);
    };
  const verbs: ActivityInternals = {
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
  return { verbs, close };
}
