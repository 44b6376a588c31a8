import { type JobKey, jobKey } from "../jobs/jobKinds.ts";
import type { Job } from "../jobs/wire.ts";
import { writerOf } from "../store/storeWriter.ts";
import type { Cancel, SyncEnvironment } from "./environment.ts";
import type { SharedStore } from "./evidenceSink.ts";
import type { PendingHints } from "./pendingHints.ts";
import {
  changedKeys,
  emptyPicture,
  isEmpty,
  type Picture,
  pictureOfJobs,
  type SharedState,
  wholePicture,
} from "./picture.ts";
import type { TabChannel } from "./tabChannel.ts";
import type { TabMessage } from "./tabMessages.ts";
import type { Word } from "./terms.ts";
import type { Sources } from "./sources.ts";

/** How often a leader gives a sign of life, in ms. */
export const beatMs = 5_000;

/** For how long those that ask for the whole are gathered after one has been answered, in ms. */
const helloMs = 50;

/** What a leader needs. */
export interface LeaderOptions {
  environment: SyncEnvironment;
  channel: TabChannel;
  store: SharedStore;
  startSources: () => Sources;
  /** This tab's own ones of late: if it was deposed without knowing, they went unheard. */
  hints: PendingHints;
  /** In whose name it reports. */
  word: Word;
}

/** A tab that leads. */
export interface LeaderDuty {
  refresh: () => void;
  /** Takes what another tab asks for. */
  hear: (message: TabMessage) => void;
  /** Gives a sign of life now. */
  beat: () => void;
  /** Whether it has heard from the server: only then does its picture take jobs away. */
  isCertain: () => boolean;
  /** Goes on in another term, of which all hear at once. */
  renew: (word: Word) => void;
  stop: () => void;
}

/** Leads: owns the sources, and tells the other tabs what this tab's store makes of them. */
export function startLeaderDuty(options: LeaderOptions): LeaderDuty {
  const { environment, channel, store } = options;
  const sources = options.startSources();
  const unsubscribe = writerOf(store.getState()).onWrite(noteWrite);
  const heard = new Set<string>();
  let isCertain = false;
  let { word } = options;
  // What this tab has written since the last report: time travel here reaches no other tab.
  let written: SharedState = store.getState();
  const changed = new Set<JobKey>();
  let isConnectionChanged = false;
  const asked = new Set<JobKey>();
  let isPublishing = false;
  let cancelBeat: Cancel | undefined;
  let cancelHello: Cancel | undefined;
  let isAskedAgain = false;

  function publish(picture: Picture): void {
    const isHidden = environment.isHidden();
    channel.post({ type: "report", ...word, isHidden, isCertain, ...picture });
  }

  function publishWhole(): void {
    written = store.getState();
    forgetChanges();
    publish(wholePicture(written));
  }

  function forgetChanges(): void {
    changed.clear();
    asked.clear();
    isConnectionChanged = false;
  }

  function noteWrite(before: SharedState, after: SharedState): void {
    written = after;
    for (const key of changedKeys(before, after)) changed.add(key);
    isConnectionChanged ||= before.connection !== after.connection;
    const wasCertain = isCertain;
    isCertain ||= hasHeardFromAll(after);
    if (isCertain && !wasCertain) publishWhole();
    else publishSoon();
  }

  // What changes in one task is one report, however many writes that are.
  function publishSoon(): void {
    if (!isPublishing) queueMicrotask(publishChange);
    isPublishing = true;
  }

  function publishChange(): void {
    if (!isPublishing) return;
    isPublishing = false;
    const picture = pictureOfJobs(written, changed, asked);
    const change = isConnectionChanged ? { ...picture, connection: written.connection } : picture;
    forgetChanges();
    if (!isEmpty(change)) publish(change);
  }

  // Tabs that open together ask together: the first is answered at once, all others by one more.
  function answerHello(): void {
    isAskedAgain = cancelHello !== undefined;
    if (cancelHello) return;
    publishWhole();
    cancelHello = environment.after(helloMs, () => {
      cancelHello = undefined;
      if (isAskedAgain) answerHello();
    });
  }

  function hasHeardFromAll({ connection }: SharedState): boolean {
    const states = Object.entries(connection);
    for (const [name, { status }] of states) if (status === "live") heard.add(name);
    return states.every(([name]) => heard.has(name));
  }

  function takeHint(job: Job): void {
    // Whatever comes of it, the tab that asked hears what is true of the job.
    asked.add(jobKey(job));
    store.getState().applyJobHint(job);
    publishSoon();
  }

  function beat(): void {
    cancelBeat?.();
    cancelBeat = environment.after(beatMs, beat);
    options.hints.clear();
    publishChange();
    publish(emptyPicture);
  }

  publishWhole();
  cancelBeat = environment.after(beatMs, beat);
  return {
    refresh: sources.refresh,
    hear(message) {
      if (message.type === "hello") answerHello();
      if (message.type === "refresh") sources.refresh();
      if (message.type === "hint") takeHint(message.job);
      if (message.type === "attention") {
        store.getState().setJobAttention(message.keys, message.attention);
      }
    },
    beat,
    isCertain: () => isCertain,
    renew(next) {
      word = next;
      publishWhole();
    },
    stop() {
      cancelBeat?.();
      cancelHello?.();
      publishChange();
      unsubscribe();
      sources.stop();
    },
  };
}
