import type { Job, JobKey } from "../../jobs/job.ts";
import { laterReadState, type ReadState } from "../../store/entries.ts";
import type { Cancel } from "../environment.ts";
import type { SharedSources, TabChannel } from "./channel.ts";
import { heartbeatMs, isHeartbeat, type Patch } from "./messages.ts";

/** After how many missed heartbeats a visible tab takes the lead: 15 s. */
const maxMissed = 3;

/**
 * This tab's hints that no leader has answered yet. They are sent again to a new leader, and a
 * snapshot that crossed them on the way does not remove their jobs.
 */
export type UnansweredHints = Map<JobKey, Job>;

/** What a follower needs. */
export interface FollowerOptions extends SharedSources {
  channel: TabChannel;
  hints: UnansweredHints;
  takeOver: () => void;
}

/** A tab that follows. */
export interface Follower {
  /** Asks the leader to refresh its sources. */
  refresh: () => void;
  /** Sends the leader a job that the user has just asked for in this tab. */
  sendHint: (job: Job) => void;
  /** Sends the leader, in a microtask, which ends the user has read or dismissed in this tab. */
  sendReadState: (keys: readonly JobKey[], readState: ReadState) => void;
  /** Applies what the leader has written; `isAnother` if it is another leader than before. */
  take: (patch: Patch, isAnother: boolean) => void;
  becomeVisible: () => void;
  stop: () => void;
}

/**
 * Follows a leader: writes its patches into this tab's store, and takes the lead if this tab is
 * visible and the leader is hidden or has fallen silent.
 */
export function startFollower(options: FollowerOptions): Follower {
  const { environment, channel, store, internals, kinds, hints, takeOver, events } = options;
  const isShared = (source: string) => options.sources.some(({ name }) => name === source);
  const unsent = new Map<JobKey, ReadState>();
  let missed = 0;
  let isLeaderHidden = false;
  let hasSnapshot = false;
  let cancelWatch: Cancel | undefined;

  // Timers count, and not the clock: a machine that slept has missed no heartbeat.
  function watch(): void {
    cancelWatch = environment.after(heartbeatMs, watch);
    missed = environment.isHidden() ? 0 : missed + 1;
    // The leader may only be slow. Two connections are better than jobs that nobody keeps true.
    if (missed >= maxMissed) takeOver();
  }

  function takeOverIfHidden(): void {
    // Wait for the leader's snapshot first, or this tab's list would flash empty.
    if (hasSnapshot && isLeaderHidden && !environment.isHidden()) takeOver();
  }

  function apply(patch: Patch): void {
    removeAnswered(patch);
    internals.batch(() => {
      internals.applyJobPatch(patch.isCertain ? withOwnHints(patch) : withoutClaims(patch), kinds);
      if (patch.connection) internals.applyConnection(patch.connection);
    });
    repeatReadState(patch);
  }

  function removeAnswered({ active, ended, gone }: Patch): void {
    for (const { key } of [...active, ...ended]) hints.delete(key);
    for (const key of gone) hints.delete(key);
  }

  // The leader may have sent its snapshot before this tab's hint reached it.
  function withOwnHints(patch: Patch): Patch {
    if (!patch.isWhole) return patch;
    const { backendJobs } = store.getState();
    const own = [...hints.keys()].flatMap((key) => backendJobs[key] ?? []);
    return { ...patch, active: [...patch.active, ...own] };
  }

  // Until all sources of a leader have answered it may know less than this tab: then its snapshot
  // removes no job, and an active job in it revives none that has ended here.
  function withoutClaims(patch: Patch): Patch {
    const { endedJobs } = store.getState();
    const active = patch.active.filter(({ key }) => !(key in endedJobs));
    return { ...patch, isWhole: false, active };
  }

  // A new leader may not have got the read states that this tab sent to the old one.
  function repeatReadState({ ended }: Patch): void {
    const { endedJobs } = store.getState();
    for (const { key, readState } of ended) {
      const own = endedJobs[key]?.readState ?? readState;
      if (own !== readState) sendReadState([key], own);
    }
  }

  // However many calls mark ends in one task, the leader gets one message.
  function sendReadState(keys: readonly JobKey[], readState: ReadState): void {
    if (unsent.size === 0) queueMicrotask(postReadStates);
    for (const key of keys) unsent.set(key, laterReadState(readState, unsent.get(key) ?? "unread"));
  }

  function postReadStates(): void {
    for (const readState of ["read", "dismissed"] as const) {
      const keys = [...unsent.keys()].filter((key) => unsent.get(key) === readState);
      if (keys.length > 0) channel.post({ type: "readState", keys, readState });
    }
    unsent.clear();
  }

  function sendListen(): void {
    // What runs in every tab gives its own events here.
    const names = events.names().filter(({ source }) => isShared(source));
    if (names.length > 0) channel.post({ type: "listen", events: names });
  }

  cancelWatch = environment.after(heartbeatMs, watch);
  const stopListening = events.onAdded(sendListen);
  channel.post({ type: "hello" });
  sendListen();
  return {
    refresh: () => channel.post({ type: "refresh" }),
    sendHint: (job) => channel.post({ type: "hint", job }),
    sendReadState,
    take(patch, isAnother) {
      missed = 0;
      isLeaderHidden = patch.isHidden;
      for (const [name, ms] of Object.entries(patch.retryAfterMs))
        options.retryAfter.note(name, ms);
      // Before the snapshot a patch would insert its jobs first; the older ones of the snapshot would
      // then count as later.
      hasSnapshot = patch.isWhole || (hasSnapshot && !isAnother);
      if (hasSnapshot) apply(patch);
      if (isAnother && !hasSnapshot) channel.post({ type: "hello" });
      if (isAnother) for (const job of hints.values()) channel.post({ type: "hint", job });
      if (isAnother || isHeartbeat(patch)) sendListen();
      takeOverIfHidden();
    },
    becomeVisible() {
      missed = 0;
      takeOverIfHidden();
    },
    stop() {
      cancelWatch?.();
      stopListening();
      postReadStates();
    },
  };
}
