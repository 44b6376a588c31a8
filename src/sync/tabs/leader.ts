import { type Job, type JobKey, kindOf } from "../../jobs/job.ts";
import type { ActivityRecords } from "../../store/storeWriter.ts";
import type { Cancel } from "../environment.ts";
import type { Sources } from "../sources/startSources.ts";
import type { TabChannel } from "./channel.ts";
import type { HintsOnTheirWay } from "./follower.ts";
import type { TabMessage, Term } from "./messages.ts";
import { heartbeatMs, type SharedSources } from "./sharedSources.ts";
import type { BackendJob, EndedJob } from "../../store/entries.ts";
import type { JobPatch } from "../../store/rules.ts";

/** For how long further tabs that join are gathered, to be answered together, in ms. */
const helloMs = 50;

/** What a leader needs. */
export interface LeaderOptions extends SharedSources {
  channel: TabChannel;
  /** This tab's own hints of late: if it was deposed without knowing, they went unheard. */
  hints: HintsOnTheirWay;
  /** In whose name, and in which term, it speaks. */
  term: Term;
}

/** A tab that leads. */
export interface Leader {
  refresh: () => void;
  /** Takes what another tab asks for. */
  take: (message: TabMessage) => void;
  /** Gives a sign of life now. */
  sendHeartbeat: () => void;
  /** Whether all its sources have answered: only then does what it says take jobs away. */
  isCertain: () => boolean;
  /** Goes on in another term, of which all know at once. */
  renew: (term: Term) => void;
  stop: () => void;
}

/** Leads: owns the sources, and passes on to the other tabs what this tab writes. */
export function startLeader(options: LeaderOptions): Leader {
  const { environment, channel, store, internals, kinds, names } = options;
  const sources: Sources = options.startSources();
  const log = createPatchLog(store.getState(), kinds);
  const stopFollowing = internals.onWrite(noteWrite);
  const answered = new Set<string>();
  let { term } = options;
  let isCertain = false;
  let isConnectionChanged = false;
  let isPatchDue = false;
  let cancelHeartbeat: Cancel | undefined;
  let cancelHello: Cancel | undefined;
  let isAskedAgain = false;

  function send(patch = noChange, withConnection = false): void {
    const { connection } = store.getState();
    const shared = Object.entries(connection).filter(([name]) => names.has(name));
    const isHidden = environment.isHidden();
    channel.post({
      type: "patch",
      ...term,
      isHidden,
      isCertain,
      ...patch,
      ...(withConnection && { connection: Object.fromEntries(shared) }),
    });
  }

  function sendAll(): void {
    isConnectionChanged = false;
    send(log.whole(), true);
  }

  function noteWrite(before: ActivityRecords, after: ActivityRecords): void {
    log.note(before, after);
    isConnectionChanged ||= before.connection !== after.connection;
    const wasCertain = isCertain;
    isCertain ||= haveAllAnswered(after);
    if (isCertain && !wasCertain) sendAll();
    else sendSoon();
  }

  // What changes in one task is one patch, however many writes that are.
  function sendSoon(): void {
    if (!isPatchDue) queueMicrotask(sendChanges);
    isPatchDue = true;
  }

  function sendChanges(): void {
    if (!isPatchDue) return;
    isPatchDue = false;
    const changes = log.changes();
    if (changes || isConnectionChanged) send(changes, isConnectionChanged);
    isConnectionChanged = false;
  }

  // Tabs that open together ask together: the first is answered at once, all others by one more.
  function answerHello(): void {
    isAskedAgain = cancelHello !== undefined;
    if (cancelHello) return;
    sendAll();
    cancelHello = environment.after(helloMs, () => {
      cancelHello = undefined;
      if (isAskedAgain) answerHello();
    });
  }

  // Since this tab began to lead: what it knew before is another leader's word.
  function haveAllAnswered({ connection }: ActivityRecords): boolean {
    for (const name of names) if (connection[name]?.status === "live") answered.add(name);
    return [...names].every((name) => answered.has(name));
  }

  function takeHint(job: Job): void {
    // Whatever comes of it, the tab that asked learns what is true of the job.
    log.askFor(job.key);
    store.getState().applyJobHint(job);
    sendSoon();
  }

  function sendHeartbeat(): void {
    cancelHeartbeat?.();
    cancelHeartbeat = environment.after(heartbeatMs, sendHeartbeat);
    options.hints.clear();
    sendChanges();
    send();
  }

  sendAll();
  cancelHeartbeat = environment.after(heartbeatMs, sendHeartbeat);
  return {
    refresh: sources.refresh,
    take(message) {
      if (message.type === "hello") answerHello();
      if (message.type === "refresh") sources.refresh();
      if (message.type === "hint") takeHint(message.job);
      if (message.type === "readState")
        store.getState().setReadState(message.keys, message.readState);
    },
    sendHeartbeat,
    isCertain: () => isCertain,
    renew(next) {
      term = next;
      sendAll();
    },
    stop() {
      cancelHeartbeat?.();
      cancelHello?.();
      sendChanges();
      stopFollowing();
      sources.stop();
    },
  };
}

type SharedState = Pick<ActivityRecords, "backendJobs" | "endedJobs">;

/** What a leader has written of the jobs that tabs share. */
export interface PatchLog {
  /** Notes what a write has changed. */
  note: (before: SharedState, after: SharedState) => void;
  /** Has the next patch tell of a job, be it changed or not. */
  askFor: (key: JobKey) => void;
  /** All of it. */
  whole: () => JobPatch;
  /** What has changed since the last patch; `undefined` if that is nothing. */
  changes: () => JobPatch | undefined;
}

/** Nothing that has changed. */
const noChange: JobPatch = { isWhole: false, active: [], ended: [], gone: [] };

/**
 * Begins with what the store holds of these kinds. It follows writes alone, so that time travel, or
 * a host that resets its store, is taken to no other tab.
 */
function createPatchLog(state: SharedState, kinds: ReadonlySet<string>): PatchLog {
  const active = new Map<JobKey, BackendJob>();
  const ended = new Map<JobKey, EndedJob>();
  const changed = new Set<JobKey>();
  const gone = new Set<JobKey>();
  const empty: SharedState = { backendJobs: {}, endedJobs: {} };

  function note(before: SharedState, after: SharedState): void {
    follow(active, before.backendJobs, after.backendJobs);
    follow(ended, before.endedJobs, after.endedJobs);
  }

  function follow<Entry extends { readonly key: JobKey; readonly kind: string }>(
    own: Map<JobKey, Entry>,
    before: Readonly<Record<string, Entry>>,
    after: Readonly<Record<string, Entry>>,
  ): void {
    if (before === after) return;
    for (const entry of Object.values(after)) {
      if (before[entry.key] === entry || !kinds.has(entry.kind)) continue;
      own.set(entry.key, entry);
      changed.add(entry.key);
    }
    for (const { key, kind } of Object.values(before)) {
      if (Object.hasOwn(after, key) || !kinds.has(kind)) continue;
      own.delete(key);
      changed.add(key);
      gone.add(key);
    }
  }

  function take(patch: JobPatch): JobPatch {
    changed.clear();
    gone.clear();
    return patch;
  }

  note(empty, state);
  take(noChange);
  return {
    note,
    askFor: (key) => void (kinds.has(kindOf(key)) && changed.add(key)),
    whole: () =>
      take({ isWhole: true, active: [...active.values()], ended: [...ended.values()], gone: [] }),
    changes() {
      if (changed.size === 0) return undefined;
      const keys = [...changed];
      const patch = {
        isWhole: false,
        active: keys.flatMap((key) => active.get(key) ?? []),
        ended: keys.flatMap((key) => ended.get(key) ?? []),
        gone: [...gone].filter((key) => !active.has(key) && !ended.has(key)),
      };
      const isEmpty = patch.active.length + patch.ended.length + patch.gone.length === 0;
      take(noChange);
      return isEmpty ? undefined : patch;
    },
  };
}
