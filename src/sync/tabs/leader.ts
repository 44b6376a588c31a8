import { type Job, type JobKey, kindOf } from "../../jobs/job.ts";
import type { BackendJob, EndedJob } from "../../store/entries.ts";
import type { JobPatch } from "../../store/rules.ts";
import type { ActivityRecords } from "../../store/storeWriter.ts";
import type { Cancel } from "../environment.ts";
import type { EventName } from "../sources/rawEvents.ts";
import { createSourceRunners } from "../sources/sourceRunners.ts";
import type { SharedSources, TabChannel } from "./channel.ts";
import type { UnansweredHints } from "./follower.ts";
import { heartbeatMs, type TabMessage, type Term } from "./messages.ts";

/** For how long further tabs that join are gathered at first, and at the most, in ms. */
const gatherMs = { first: 50, most: 800 };

/** For how long an event is sent after a tab has said that it listens to it, in ms. */
const relayMs = 20_000;

/** What a leader needs. */
export interface LeaderOptions extends SharedSources {
  channel: TabChannel;
  /**
   * This tab's recent hints. Another tab may have taken the lead without this one's noticing; what
   * was hinted meanwhile must then be sent to it.
   */
  hints: UnansweredHints;
  /** The leader's name and term, which stand in each of its patches. */
  term: Term;
}

/** A tab that leads. */
export interface Leader {
  /** Starts the sources, and sends a first snapshot. */
  start: () => void;
  refresh: () => void;
  /** Takes a message of another tab. */
  take: (message: TabMessage) => void;
  sendHeartbeat: () => void;
  /** Whether all sources have answered: only then does its snapshot remove jobs of followers. */
  isCertain: () => boolean;
  /** Goes on in another term, and sends all tabs a snapshot in it. */
  renew: (term: Term) => void;
  stop: () => void;
}

/** Creates what runs the sources, and sends the other tabs what is written into this tab's store. */
export function createLeader(options: LeaderOptions): Leader {
  const { environment, channel, store, internals, kinds, retryAfter } = options;
  const names = options.sources.map(({ name }) => name);
  const sources = createSourceRunners(options, options.sources);
  const log = createPatchLog(kinds);
  const answered = new Set<string>();
  let { term } = options;
  let isCertain = false;
  let isConnectionChanged = false;
  let isPatchDue = false;
  let isStopped = false;
  let stopFollowing: Cancel | undefined;
  let cancelHeartbeat: Cancel | undefined;
  let cancelHello: Cancel | undefined;
  let helloMs = gatherMs.first;
  let isAskedAgain = false;

  function noteWrite(before: ActivityRecords, after: ActivityRecords): void {
    log.note(before, after);
    isConnectionChanged ||= before.connection !== after.connection;
    const wasCertain = isCertain;
    isCertain ||= haveAllAnswered(after);
    if (isCertain && !wasCertain) sendAll();
    else sendSoon();
  }

  // Only answers of this term count: what the store held before came from another leader.
  function haveAllAnswered({ connection }: ActivityRecords): boolean {
    for (const name of names) if (connection[name]?.status === "live") answered.add(name);
    return answered.size === names.length;
  }

  // All writes of one task become one patch.
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

  function sendAll(): void {
    isConnectionChanged = false;
    send(log.whole(), true);
  }

  function sendHeartbeat(): void {
    cancelHeartbeat?.();
    cancelHeartbeat = environment.after(heartbeatMs, sendHeartbeat);
    options.hints.clear();
    sendChanges();
    send();
  }

  function send(patch = noChange, withConnection = false): void {
    const { connection } = store.getState();
    const shared = Object.entries(connection).filter(([name]) => names.includes(name));
    channel.post({
      type: "patch",
      ...term,
      isHidden: environment.isHidden(),
      isCertain,
      retryAfterMs: Object.fromEntries(names.map((name) => [name, retryAfter.leftMs(name)])),
      ...patch,
      ...(withConnection && { connection: Object.fromEntries(shared) }),
    });
  }

  // Tabs that open together ask together: the first gets a snapshot at once, and the others share the
  // next ones. Each goes to all tabs, so the more of them ask, the longer they are gathered.
  function answerHello(): void {
    isAskedAgain = cancelHello !== undefined;
    if (cancelHello) return;
    sendAll();
    cancelHello = environment.after(helloMs, () => {
      cancelHello = undefined;
      helloMs = isAskedAgain ? Math.min(2 * helloMs, gatherMs.most) : gatherMs.first;
      if (isAskedAgain) answerHello();
    });
  }

  const relayed = createRelay(options, (name, data) =>
    channel.post({ type: "event", ...term, ...name, data }),
  );

  function takeHint(job: Job): void {
    // The hint may change nothing here; the tab that sent it must learn the job's true status.
    log.include(job.key);
    store.getState().applyJobHint(job);
    sendSoon();
  }

  return {
    start() {
      sources.start();
      // A store subscriber may have stopped the sync, or reset the store, in the middle of that.
      if (isStopped) return;
      stopFollowing = internals.onWrite(noteWrite);
      log.note({ backendJobs: {}, endedJobs: {} }, store.getState());
      // A source may have answered at once, before anybody listened to the writes.
      isCertain = haveAllAnswered(store.getState());
      sendAll();
      cancelHeartbeat = environment.after(heartbeatMs, sendHeartbeat);
    },
    refresh: sources.refresh,
    take(message) {
      if (message.type === "hello") answerHello();
      if (message.type === "refresh") sources.refresh();
      if (message.type === "listen") message.events.forEach(relayed.ask);
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
      isStopped = true;
      cancelHeartbeat?.();
      cancelHello?.();
      sendChanges();
      stopFollowing?.();
      relayed.stop();
      sources.stop();
    },
  };
}

/** The events that other tabs listen to. */
interface Relay {
  /** Sends an event for a while: a tab has said that it listens to it. */
  ask: (name: EventName) => void;
  stop: () => void;
}

// A tab that listens says so again and again: one that crashed could not say that it does no more.
function createRelay(
  { events, environment }: LeaderOptions,
  sendEvent: (name: EventName, data: string) => void,
): Relay {
  const ends = new Map<string, Cancel>();

  function ask(name: EventName): void {
    const key = JSON.stringify([name.source, name.event]);
    ends.get(key)?.();
    const cancels = [
      events.add(name, (data) => sendEvent(name, data)),
      environment.after(relayMs, () => ends.get(key)?.()),
    ];
    ends.set(key, () => {
      ends.delete(key);
      for (const cancel of cancels) cancel();
    });
  }

  return {
    ask,
    stop() {
      for (const end of ends.values()) end();
    },
  };
}

type SharedState = Pick<ActivityRecords, "backendJobs" | "endedJobs">;

/** Gathers what has been written of the jobs that tabs share, and makes patches of it. */
interface PatchLog {
  /** Notes what a write has changed. */
  note: (before: SharedState, after: SharedState) => void;
  /** Puts a job into the next patch, whether it changes or not. */
  include: (key: JobKey) => void;
  /** All jobs. */
  whole: () => JobPatch;
  /** What has changed since the last patch; `undefined` if nothing has. */
  changes: () => JobPatch | undefined;
}

const noChange: JobPatch = { isWhole: false, active: [], ended: [], gone: [] };

/**
 * Creates the log of some kinds. It notes writes alone, and not what the store holds: another tab must
 * not follow time travel here, or a host's reset.
 */
function createPatchLog(kinds: ReadonlySet<string>): PatchLog {
  const active = new Map<JobKey, BackendJob>();
  const ended = new Map<JobKey, EndedJob>();
  const changed = new Set<JobKey>();
  const gone = new Set<JobKey>();

  function note(before: SharedState, after: SharedState): void {
    noteEntries(active, before.backendJobs, after.backendJobs);
    noteEntries(ended, before.endedJobs, after.endedJobs);
  }

  function noteEntries<Entry extends { readonly key: JobKey; readonly kind: string }>(
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

  function begin(patch: JobPatch): JobPatch {
    changed.clear();
    gone.clear();
    return patch;
  }

  return {
    note,
    include: (key) => void (kinds.has(kindOf(key)) && changed.add(key)),
    whole: () =>
      begin({ isWhole: true, active: [...active.values()], ended: [...ended.values()], gone: [] }),
    changes() {
      const keys = [...changed];
      const patch = {
        isWhole: false,
        active: keys.flatMap((key) => active.get(key) ?? []),
        ended: keys.flatMap((key) => ended.get(key) ?? []),
        gone: [...gone].filter((key) => !active.has(key) && !ended.has(key)),
      };
      const isEmpty = patch.active.length + patch.ended.length + patch.gone.length === 0;
      begin(noChange);
      return isEmpty ? undefined : patch;
    },
  };
}
