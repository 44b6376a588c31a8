import { jobKey } from "../jobs/jobKinds.ts";
import type { Job } from "../jobs/wire.ts";
import { writerOf } from "../store/storeWriter.ts";
import type { Cancel, SyncEnvironment } from "./environment.ts";
import type { SharedStore } from "./evidenceSink.ts";
import type { PendingHints } from "./pendingHints.ts";
import {
  emptyPicture,
  type Picture,
  pictureOfChange,
  pictureOfJob,
  type SharedState,
  wholePicture,
} from "./picture.ts";
import type { TabChannel } from "./tabChannel.ts";
import type { TabMessage } from "./tabMessages.ts";
import type { Word } from "./terms.ts";
import type { Sources } from "./sources.ts";

/** How often a leader gives a sign of life, in ms. */
export const beatMs = 5_000;

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
  const unsubscribe = writerOf(store.getState()).onWrite(publishChange);
  const heard = new Set<string>();
  let isCertain = false;
  let { word } = options;
  let cancelBeat: Cancel | undefined;

  function publish(picture: Picture): void {
    const isHidden = environment.isHidden();
    channel.post({ type: "report", ...word, isHidden, isCertain, ...picture });
  }

  // What changed by this tab's own writes alone: time travel here reaches no other tab.
  function publishChange(before: SharedState, after: SharedState): void {
    const wasCertain = isCertain;
    isCertain ||= hasHeardFromAll(after);
    const isNews = isCertain && !wasCertain;
    const change = isNews ? wholePicture(after) : pictureOfChange(before, after);
    if (change) publish(change);
  }

  function hasHeardFromAll({ connection }: SharedState): boolean {
    const states = Object.entries(connection);
    for (const [name, { status }] of states) if (status === "live") heard.add(name);
    return states.every(([name]) => heard.has(name));
  }

  function takeHint(job: Job): void {
    store.getState().applyJobHint(job);
    // Whatever came of it, the tab that asked hears what is true of the job.
    publish(pictureOfJob(store.getState(), jobKey(job)));
  }

  function beat(): void {
    cancelBeat?.();
    cancelBeat = environment.after(beatMs, beat);
    options.hints.clear();
    publish(emptyPicture);
  }

  publish(wholePicture(store.getState()));
  cancelBeat = environment.after(beatMs, beat);
  return {
    refresh: sources.refresh,
    hear(message) {
      if (message.type === "hello") publish(wholePicture(store.getState()));
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
      publish(wholePicture(store.getState()));
    },
    stop() {
      cancelBeat?.();
      unsubscribe();
      sources.stop();
    },
  };
}
