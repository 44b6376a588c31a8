import type { JobKey } from "../jobs/jobKinds.ts";
import type { Job } from "../jobs/wire.ts";
import type { AttentionListener } from "../store/backendJobs.ts";
import type { Attention } from "../store/endedJob.ts";
import { laterAttention } from "../store/jobAttention.ts";
import type { Cancel, SyncEnvironment } from "./environment.ts";
import type { SharedStore } from "./evidenceSink.ts";
import { beatMs } from "./leaderDuty.ts";
import type { PendingHints } from "./pendingHints.ts";
import type { TabChannel } from "./tabChannel.ts";
import type { Report } from "./tabMessages.ts";

/** After how many beats without a word a visible tab takes the lead: 15 s. */
const patienceBeats = 3;

/** What a follower needs. */
export interface FollowerOptions {
  environment: SyncEnvironment;
  channel: TabChannel;
  store: SharedStore;
  hints: PendingHints;
  takeOver: () => void;
}

/** A tab that follows. */
export interface FollowerDuty {
  refresh: () => void;
  /** Passes on what the user has just asked for in this tab. */
  passHint: (job: Job) => void;
  /** Passes on what the user has just looked at in this tab. */
  passAttention: AttentionListener;
  /** Takes the leader's word; `isAnother` if it is another leader than before. */
  hear: (report: Report, isAnother: boolean) => void;
  becomeVisible: () => void;
  stop: () => void;
}

/** Follows: writes what the leader reports into this tab's store, and steps in if it falls silent. */
export function startFollowerDuty(options: FollowerOptions): FollowerDuty {
  const { environment, channel, store, hints, takeOver } = options;
  const unsaid = new Map<JobKey, Attention>();
  let silentBeats = 0;
  let leaderIsHidden = false;
  let hasPicture = false;
  let cancelWatch: Cancel | undefined;

  // Counted in beats of its own: a machine that slept has not waited.
  function watch(): void {
    cancelWatch = environment.after(beatMs, watch);
    silentBeats = environment.isHidden() ? 0 : silentBeats + 1;
    // Two connections are better than a picture that nobody keeps up.
    if (silentBeats >= patienceBeats) takeOver();
  }

  function takeOverIfHidden(): void {
    // Not without its picture: what is shown here must not begin anew.
    if (hasPicture && leaderIsHidden && !environment.isHidden()) takeOver();
  }

  function mirror(report: Report): void {
    const { mirrorBackendJobs, mirrorConnection } = store.getState();
    hints.settle(report);
    mirrorBackendJobs(report.isCertain ? withOwnHints(report) : withoutClaims(report));
    if (report.connection) mirrorConnection(report.connection);
    repeatAttention(report);
  }

  // A whole picture may have crossed a hint of this tab's on the way.
  function withOwnHints(report: Report): Report {
    const { backendJobs } = store.getState();
    const own = hints.keys().flatMap((key) => backendJobs[key] ?? []);
    return report.isWhole ? { ...report, active: [...report.active, ...own] } : report;
  }

  // A leader that has not heard from the server yet may know less than this tab: by its word alone
  // nothing is gone that it does not list, and nothing that has ended runs again.
  function withoutClaims(report: Report): Report {
    const { endedJobs } = store.getState();
    const active = report.active.filter(({ key }) => !(key in endedJobs));
    return { ...report, isWhole: false, active };
  }

  // The leader has not heard of it: it may lead only since then.
  function repeatAttention({ ended }: Report): void {
    const { endedJobs } = store.getState();
    for (const { key, attention } of ended) {
      const own = endedJobs[key]?.attention ?? attention;
      if (own !== attention) passAttention([key], own);
    }
  }

  // What is put away in one task, however many clicks or calls that are, is one message.
  function passAttention(keys: readonly JobKey[], attention: Attention): void {
    if (unsaid.size === 0) queueMicrotask(postAttention);
    for (const key of keys) unsaid.set(key, laterAttention(attention, unsaid.get(key) ?? "unread"));
  }

  function postAttention(): void {
    for (const attention of ["read", "dismissed"] as const) {
      const keys = [...unsaid.keys()].filter((key) => unsaid.get(key) === attention);
      if (keys.length > 0) channel.post({ type: "attention", keys, attention });
    }
    unsaid.clear();
  }

  cancelWatch = environment.after(beatMs, watch);
  channel.post({ type: "hello" });
  return {
    refresh: () => channel.post({ type: "refresh" }),
    passHint: (job) => channel.post({ type: "hint", job }),
    passAttention,
    hear(report, isAnother) {
      silentBeats = 0;
      leaderIsHidden = report.isHidden;
      // What is new would come before what is old, and be in the wrong place.
      hasPicture = report.isWhole || (hasPicture && !isAnother);
      if (hasPicture) mirror(report);
      if (isAnother && !hasPicture) channel.post({ type: "hello" });
      if (isAnother) for (const job of hints.all()) channel.post({ type: "hint", job });
      takeOverIfHidden();
    },
    becomeVisible() {
      silentBeats = 0;
      takeOverIfHidden();
    },
    stop() {
      cancelWatch?.();
      postAttention();
    },
  };
}
