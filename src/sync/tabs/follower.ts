import type { Job, JobKey } from "../../jobs/job.ts";
import { laterReadState, type ReadState } from "../../store/entries.ts";
import type { JobPatch } from "../../store/rules.ts";
import type { Cancel } from "../environment.ts";
import type { TabChannel } from "./channel.ts";
import type { Patch } from "./messages.ts";
import { heartbeatMs, type SharedSources } from "./sharedSources.ts";

/** After how many heartbeats that did not come a visible tab takes the lead: 15 s. */
const patienceBeats = 3;

/** This tab's hints that no leader has answered yet. */
export interface HintsOnTheirWay {
  add: (job: Job) => void;
  all: () => Job[];
  /** The leader has said what is true of the jobs in the patch. */
  answer: (patch: JobPatch) => void;
  clear: () => void;
}

/**
 * Creates the list of hints without an answer. They are given again to a new leader, and a
 * snapshot that crossed them on the way does not remove their jobs.
 */
export function createHintsOnTheirWay(): HintsOnTheirWay {
  const hints = new Map<JobKey, Job>();
  return {
    add: (job) => void hints.set(job.key, job),
    all: () => [...hints.values()],
    answer({ active, ended, gone }) {
      for (const { key } of [...active, ...ended]) hints.delete(key);
      for (const key of gone) hints.delete(key);
    },
    clear: () => hints.clear(),
  };
}

/** What a follower needs. */
export interface FollowerOptions extends SharedSources {
  channel: TabChannel;
  hints: HintsOnTheirWay;
  takeOver: () => void;
}

/** A tab that follows. */
export interface Follower {
  refresh: () => void;
  /** Passes on what the user has just asked for in this tab. */
  passHint: (job: Job) => void;
  /** Passes on what the user has just looked at in this tab. */
  passReadState: (keys: readonly JobKey[], readState: ReadState) => void;
  /** Takes what the leader has written; `isAnother` if it is another leader than before. */
  take: (patch: Patch, isAnother: boolean) => void;
  becomeVisible: () => void;
  stop: () => void;
}

/** Follows: writes what the leader sends into this tab's store, and steps in if it falls silent. */
export function startFollower(options: FollowerOptions): Follower {
  const { environment, channel, store, internals, kinds, hints, takeOver } = options;
  const unsent = new Map<JobKey, ReadState>();
  let missedBeats = 0;
  let leaderIsHidden = false;
  let hasSnapshot = false;
  let cancelWatch: Cancel | undefined;

  // Counted by timers of its own: a machine that slept has not waited.
  function watch(): void {
    cancelWatch = environment.after(heartbeatMs, watch);
    missedBeats = environment.isHidden() ? 0 : missedBeats + 1;
    // Two connections are better than jobs that nobody keeps true.
    if (missedBeats >= patienceBeats) takeOver();
  }

  function takeOverIfHidden(): void {
    // Wait for the leader's snapshot first, or this tab's list would flash empty.
    if (hasSnapshot && leaderIsHidden && !environment.isHidden()) takeOver();
  }

  function apply(patch: Patch): void {
    hints.answer(patch);
    internals.batch(() => {
      internals.applyJobPatch(patch.isCertain ? withOwnHints(patch) : withoutClaims(patch), kinds);
      if (patch.connection) internals.applyConnection(patch.connection);
    });
    repeatReadState(patch);
  }

  // A snapshot may have crossed a hint of this tab's on the way.
  function withOwnHints(patch: Patch): Patch {
    const { backendJobs } = store.getState();
    const own = hints.all().flatMap(({ key }) => backendJobs[key] ?? []);
    return patch.isWhole ? { ...patch, active: [...patch.active, ...own] } : patch;
  }

  // A leader whose sources have not answered yet may know less than this tab: because of it nothing
  // is gone that it does not list, and nothing that has ended runs again.
  function withoutClaims(patch: Patch): Patch {
    const { endedJobs } = store.getState();
    const active = patch.active.filter(({ key }) => !(key in endedJobs));
    return { ...patch, isWhole: false, active };
  }

  // The leader may lead only since this tab has sent it.
  function repeatReadState({ ended }: Patch): void {
    const { endedJobs } = store.getState();
    for (const { key, readState } of ended) {
      const own = endedJobs[key]?.readState ?? readState;
      if (own !== readState) passReadState([key], own);
    }
  }

  // What is put away in one task, however many clicks or calls that are, is one message.
  function passReadState(keys: readonly JobKey[], readState: ReadState): void {
    if (unsent.size === 0) queueMicrotask(sendReadStates);
    for (const key of keys) unsent.set(key, laterReadState(readState, unsent.get(key) ?? "unread"));
  }

  function sendReadStates(): void {
    for (const readState of ["read", "dismissed"] as const) {
      const keys = [...unsent.keys()].filter((key) => unsent.get(key) === readState);
      if (keys.length > 0) channel.post({ type: "readState", keys, readState });
    }
    unsent.clear();
  }

  cancelWatch = environment.after(heartbeatMs, watch);
  channel.post({ type: "hello" });
  return {
    refresh: () => channel.post({ type: "refresh" }),
    passHint: (job) => channel.post({ type: "hint", job }),
    passReadState,
    take(patch, isAnother) {
      missedBeats = 0;
      leaderIsHidden = patch.isHidden;
      // What is new would come before what is old, and be in the wrong place.
      hasSnapshot = patch.isWhole || (hasSnapshot && !isAnother);
      if (hasSnapshot) apply(patch);
      if (isAnother && !hasSnapshot) channel.post({ type: "hello" });
      if (isAnother) for (const job of hints.all()) channel.post({ type: "hint", job });
      takeOverIfHidden();
    },
    becomeVisible() {
      missedBeats = 0;
      takeOverIfHidden();
    },
    stop() {
      cancelWatch?.();
      sendReadStates();
    },
  };
}
