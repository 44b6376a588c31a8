import type { Job } from "../../jobs/job.ts";
import type { ActivityRecords } from "../../store/storeWriter.ts";
import type { Cancel } from "../environment.ts";
import type { Sources } from "../sources/startSources.ts";
import type { TabChannel } from "./channel.ts";
import type { HintsOnTheirWay } from "./follower.ts";
import type { TabMessage, Term } from "./messages.ts";
import { createPatchLog, noChange } from "./patches.ts";
import { heartbeatMs, type SharedSources } from "./sharedSources.ts";

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
