import type { TestContext } from "vitest";
import type { PayloadError } from "../../../src/jobs/payload.ts";
import { type ActivityStore, createActivityStore } from "../../../src/store/activityStore.ts";
import { selectBadge, selectLabel } from "../../../src/store/selectors.ts";
import { type BackendSync, startBackendSync } from "../../../src/sync/startBackendSync.ts";
import {
  createFaultEnvironment,
  type FaultEnvironment,
  type FaultEnvironmentOptions,
} from "./environment.ts";
import { type FaultClock, realClock } from "./clock.ts";
import { type FaultServer, startFaultServer } from "./server.ts";
import { statuses } from "../sync/harness.ts";
import { buildJob, runJob } from "../sync/wire.ts";

/** What way there and back, and this machine, may add to any of the times, in ms. */
export const slackMs = 2_500;

/** What the header says before anything fails: a server runs in `shop`, and `shop` is built. */
export const before = "Building (shop) +1";

/** What is waited for; what is left out may be anything. */
interface Wanted {
  /** Label and badge. */
  header?: string;
  /** The statuses of runs and builds: `lost live`. */
  connection?: string;
}

/** A sync on a store of its own against a fault server of its own. */
export interface FaultScenario {
  server: FaultServer;
  environment: FaultEnvironment;
  store: ActivityStore;
  sync: BackendSync;
  problems: PayloadError[];
  calls: { unauthorized: number };
  header: () => string;
  connection: () => string;
  /** Every header since `before` was first said, without repetitions. */
  headers: string[];
  /**
   * Resolves, once what is wanted is so, to how long that took in ms of the sync's time. Rejects
   * after `withinMs` of it and the machine's slack.
   */
  until: (wanted: Wanted, withinMs: number) => Promise<number>;
  /** Lets `ms` of the sync's time pass. */
  pause: (ms: number) => Promise<void>;
  /** Starts a further sync on the same store, as an app does when somebody signs in again. */
  startAgain: () => void;
}

/** Options of {@link startFaultScenario}. */
export interface FaultScenarioOptions extends FaultEnvironmentOptions {
  /** Takes what ends the scenario. Of the test's own context: tests that run at once share all else. */
  onTestFinished: TestContext["onTestFinished"];
}

/** Starts a scenario; it has come to {@link before}. */
export async function startFaultScenario(options: FaultScenarioOptions): Promise<FaultScenario> {
  const { onTestFinished, clock = realClock } = options;
  const server = await startFaultServer(clock);
  onTestFinished(server.kill);
  const environment = createFaultEnvironment(options);
  const store = createActivityStore();
  const problems: PayloadError[] = [];
  const calls = { unauthorized: 0 };

  function start(): BackendSync {
    const sync = startBackendSync({
      store,
      environment,
      baseUrl: server.baseUrl,
      onError: (problem) => problems.push(problem),
      onUnauthorized: () => (calls.unauthorized += 1),
    });
    onTestFinished(sync.stop);
    return sync;
  }

  const sync = start();
  const watch = watchHeader(store, clock);
  await comeToBefore(server, sync, watch);
  const headers = recordHeaders(store);
  const rest = { problems, calls, headers, startAgain: () => void start() };
  return { server, environment, store, sync, ...watch, ...rest };
}

type Watch = Pick<FaultScenario, "header" | "connection" | "until" | "pause">;

function watchHeader(store: ActivityStore, clock: FaultClock): Watch {
  const header = () => headerOf(store);
  const connection = () => Object.values(statuses(store)).join(" ");
  const isSo = (wanted: Wanted) =>
    (wanted.header ?? header()) === header() &&
    (wanted.connection ?? connection()) === connection();

  function until(wanted: Wanted, withinMs: number): Promise<number> {
    const beganAt = clock.elapsed();
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!isSo(wanted)) return;
        end();
        resolve(clock.elapsed() - beganAt);
      };
      const giveUp = () => {
        end();
        const got = `"${header()}" (${connection()})`;
        const want = JSON.stringify(wanted);
        reject(new Error(`after ${withinMs / 1_000} s: expected ${want}, got ${got}`));
      };
      const cancel = clock.after(withinMs + slackMs, giveUp);
      const unsubscribe = store.subscribe(check);
      const end = () => (unsubscribe(), cancel());
      check();
    });
  }

  const pause = (ms: number) => new Promise<void>((done) => void clock.after(ms, done));
  return { header, connection, until, pause };
}

// One after the other, so that it is always the same of the two that is the latest.
async function comeToBefore(server: FaultServer, sync: BackendSync, watch: Watch): Promise<void> {
  server.update(runJob("r1", "running"));
  await watch.until({ header: "Server running (shop)", connection: "live live" }, 10_000);
  server.builds = [buildJob("b1", "running")];
  sync.refresh();
  await watch.until({ header: before }, 10_000);
}

function headerOf(store: ActivityStore): string {
  const state = store.getState();
  return [selectLabel(state), selectBadge(state)].filter(Boolean).join(" ");
}

function recordHeaders(store: ActivityStore): string[] {
  const headers = [headerOf(store)];
  store.subscribe(() => {
    if (headerOf(store) !== headers.at(-1)) headers.push(headerOf(store));
  });
  return headers;
}
