import { type Job, type JobKey, hasFailed } from "../jobs/job.ts";
import type { ActivityStore } from "../store/activityStore.ts";
import type { BackendJob, EndedJob } from "../store/entries.ts";
import { hostFunction, surface, toError } from "../store/hostCode.ts";
import { type ActivityInternals, addTo, internalsOf } from "../store/storeWriter.ts";
import { trackRequest } from "../store/trackRequest.ts";
import type { ActionName, IndicatorLabels } from "./labels.ts";

/** A job in the store, active or ended. */
export type StoredJob = BackendJob | EndedJob;

/**
 * Does something about a job. It may resolve with a job, as its kind's `parse` gives it, which is
 * then taken as a hint. What it rejects with is shown in the job's row and announced.
 */
export type ActOnJob = (job: StoredJob) => unknown;

/** Something that can be done about a job. */
export interface JobAction {
  readonly act: ActOnJob;
  /** What its button says. @default `labels.stop`, `labels.retry`, else its name: "Approve" */
  readonly label?: string | undefined;
  /** What the chip says while it is under way. @default `labels.acting` */
  readonly busyLabel?: ((job: StoredJob) => string) | undefined;
  /**
   * Whether the row of a job offers it. @default `stop` while the job is active and was not stopped
   * already, `retry` once it has failed, any other while it is active
   */
  readonly isOffered?: ((job: StoredJob) => boolean) | undefined;
}

/**
 * What can be done about jobs, by the name of their kind and of the action:
 * `{ run: { stop: (job) => api.stop(job.id) }, deploy: { approve: { act, label: "Approve" } } }`.
 */
export type JobActions = Readonly<
  Record<string, Readonly<Record<string, ActOnJob | JobAction>> | undefined>
>;

/** An action as the row of one job offers it. */
export interface OfferedAction extends ActionName {
  readonly busyLabel: string;
  readonly act: ActOnJob;
}

/** An action that failed, and the message of why. */
export interface FailedAction {
  readonly job: StoredJob;
  readonly action: OfferedAction;
  readonly error: string;
}

/** A host's actions, and the short form of the commonest of them. */
export interface JobActionOptions {
  /**
   * What can be done about jobs, by the name of their kind. Each shows in the chip while it is under
   * way, and is not begun again before it has settled.
   */
  actions?: JobActions | undefined;
  /** Stops a job of any kind that has no `stop` among its `actions`. */
  onStopJob?: ((job: BackendJob) => unknown) | undefined;
  /** Whether `onStopJob` can stop a job. @default every active job that was not stopped already */
  canStopJob?: ((job: BackendJob) => boolean) | undefined;
}

/** Gives what can be done about a job; what a host's own functions throw costs only their answer. */
export function createOffers(
  { actions = {}, onStopJob, canStopJob }: JobActionOptions,
  labels: IndicatorLabels,
): (job: StoredJob) => readonly OfferedAction[] {
  const byKind = new Map(
    Object.entries(actions).map(([kind, byName = {}]) => [
      kind,
      Object.entries(byName).map(([name, given]) => complete(name, given, labels)),
    ]),
  );
  const stop = onStopJob && [complete("stop", ofActive(onStopJob, canStopJob), labels)];

  return (job) => {
    const own = byKind.get(job.kind) ?? [];
    const all = stop && !own.some(({ name }) => name === "stop") ? [...stop, ...own] : own;
    return all
      .filter(({ isOffered }) => isOffered(job))
      .map(({ name, label, act, busyLabel }) => ({ name, label, act, busyLabel: busyLabel(job) }));
  };
}

function ofActive(
  act: NonNullable<JobActionOptions["onStopJob"]>,
  isOffered: JobActionOptions["canStopJob"],
): JobAction {
  return {
    act: (job) => ("phase" in job ? act(job) : undefined),
    isOffered: isOffered && ((job) => "phase" in job && isOffered(job)),
  };
}

function complete(name: string, given: ActOnJob | JobAction, labels: IndicatorLabels) {
  const usual: Readonly<Record<string, string>> = { stop: labels.stop, retry: labels.retry };
  const action: JobAction = typeof given === "function" ? { act: given } : given;
  const { act, label = usual[name] ?? inCapitals(name), busyLabel, isOffered } = action;
  const say = (job: StoredJob) => labels.acting({ name, label }, labels.title(job));
  const isUsual = (job: StoredJob) => isUsuallyOffered(name, job);
  return {
    name,
    act,
    label,
    busyLabel: hostFunction(`actions.${name}.busyLabel`, busyLabel ?? say, say),
    isOffered: hostFunction(`actions.${name}.isOffered`, isOffered ?? isUsual, isUsual),
  };
}

function isUsuallyOffered(name: string, job: StoredJob): boolean {
  if (name === "retry") return "outcome" in job && hasFailed(job);
  return "phase" in job && (name !== "stop" || isStoppable(job));
}

// Work that moved its job to the front is what the user has asked for: that job ends already.
function isStoppable({ movesToFront, phase }: BackendJob): boolean {
  return !(movesToFront && phase === "working");
}

/** Acts on jobs, and keeps what failed: it outlives the rows, which go when the list is closed. */
export interface JobActionRunner {
  /** Acts, unless something is under way about that job. */
  run: (job: StoredJob, action: OfferedAction) => void;
  /** Whether something that was begun here is under way about a job. */
  isRunning: (key: JobKey) => boolean;
  /** What failed last about a job as it stands: a change of its status makes that outdated. */
  failureOf: (job: StoredJob) => FailedAction | undefined;
  /** All that failed. */
  failures: () => readonly FailedAction[];
  /** A number that grows with every change. */
  read: () => number;
  /** Calls on every change, until what it returns is called. */
  subscribe: (listener: () => void) => () => void;
}

/**
 * Creates what acts on the jobs of a store. Each action is tracked as a request about its job, or
 * as one that begins a new job if that one has ended.
 */
export function createJobActionRunner(store: ActivityStore): JobActionRunner {
  const running = new Set<JobKey>();
  const failed = new Map<JobKey, FailedAction>();
  const listeners = new Set<() => void>();
  let changes = 0;

  function notify(): void {
    changes += 1;
    for (const listener of listeners) listener();
  }

  async function send(job: StoredJob, action: OfferedAction): Promise<void> {
    running.add(job.key);
    failed.delete(job.key);
    notify();
    try {
      await trackRequest(store, () => callAct(action.act, job), {
        label: action.busyLabel,
        about: "phase" in job ? job.key : undefined,
        job: (result) => (isJob(result) ? result : undefined),
      });
    } catch (thrown) {
      failed.set(job.key, { job, action, error: toError(thrown).message });
    }
    running.delete(job.key);
    notify();
  }

  return {
    run(job, action) {
      if (!running.has(job.key)) void send(job, action);
    },
    isRunning: (key) => running.has(key),
    failureOf(job) {
      const failure = failed.get(job.key);
      // Where it was away meanwhile, it may be another user who looks.
      const isAsItWas = failure?.job.status === job.status && failure.job.order === job.order;
      return isAsItWas ? failure : undefined;
    },
    failures: () => [...failed.values()],
    read: () => changes,
    subscribe: (listener) => addTo(listeners, listener),
  };
}

const runners = new WeakMap<ActivityInternals, JobActionRunner>();

/**
 * What acts on the jobs of a store: one for all its indicators, since one may take the place of another
 * while something is under way.
 */
export function jobActionRunnerOf(store: ActivityStore): JobActionRunner {
  const internals = internalsOf(store);
  const runner = runners.get(internals) ?? createJobActionRunner(store);
  runners.set(internals, runner);
  return runner;
}

/** Forgets what is under way about the jobs of a store, and what failed, for the next test. */
export function forgetJobActions(internals: ActivityInternals): void {
  runners.delete(internals);
}

// A rejection is an answer. What throws instead is a fault of the host's, which surfaces too.
function callAct(act: ActOnJob, job: StoredJob): unknown {
  try {
    return act(job);
  } catch (thrown) {
    surface(thrown);
    throw thrown;
  }
}

function isJob(result: unknown): result is Job {
  if (typeof result !== "object" || result === null) return false;
  return "key" in result && ("phase" in result || "outcome" in result);
}

function inCapitals(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
