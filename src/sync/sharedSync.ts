import type { Job } from "../jobs/wire.ts";
import { writerOf } from "../store/storeWriter.ts";
import type { LockManagerLike, SyncEnvironment } from "./environment.ts";
import type { SharedStore } from "./evidenceSink.ts";
import { type FollowerDuty, startFollowerDuty } from "./followerDuty.ts";
import { type Election, startElection } from "./leaderElection.ts";
import { type LeaderDuty, startLeaderDuty } from "./leaderDuty.ts";
import type { RunningSources } from "./runningSources.ts";
import { createPendingHints } from "./pendingHints.ts";
import { openTabChannel, type TabChannel } from "./tabChannel.ts";
import type { Report, TabMessage } from "./tabMessages.ts";
import { createTerms, type Word } from "./terms.ts";
import { startVisibleSync, type VisibleSyncOptions } from "./visibleSync.ts";

/** What sharing needs. */
export interface SharedSyncOptions extends VisibleSyncOptions {
  /** The lock is called as the channel is. */
  locks: LockManagerLike;
  store: SharedStore;
}

/** This tab's place among the others, while its page is not in the back/forward cache. */
interface Seat {
  readonly channel: TabChannel;
  readonly election: Election;
  leader?: LeaderDuty | undefined;
  follower?: FollowerDuty | undefined;
}

/**
 * Shares one stream and one poll among all tabs of a browser. One tab leads and owns them; the
 * others follow what it reports. The visible tab leads, so that timers that are throttled in the
 * background never make the picture old.
 */
export function startSharedSync(options: SharedSyncOptions): RunningSources {
  const { environment, tabs, store } = options;
  const terms = createTerms(newTabName(environment), environment.now);
  const hints = createPendingHints();
  let seat: Seat | undefined;
  let alone: RunningSources | undefined;

  function join(): void {
    const channel = openTabChannel({
      open: () => tabs.openChannel(options.name),
      onMessage: hear,
      onProblem: options.onProblem,
      onBroken: goAlone,
    });
    const election = startElection({
      locks: options.locks,
      name: options.name,
      onElected: () => lead(terms.begin()),
      onDeposed: follow,
    });
    seat = { channel, election };
    // Until somebody answers: whatever this tab knows may be old.
    sayConnecting();
    follow();
  }

  function leave(): void {
    endDuty();
    seat?.election.stop();
    seat?.channel.close();
    seat = undefined;
    hints.clear();
  }

  // A tab that nobody hears must not lead, and hears nothing true if it follows.
  function goAlone(): void {
    if (!seat) return;
    leave();
    alone = startVisibleSync(options);
  }

  function endDuty(): void {
    seat?.leader?.stop();
    seat?.follower?.stop();
    if (seat) seat.leader = seat.follower = undefined;
  }

  function lead(word: Word): void {
    endDuty();
    if (!seat) return;
    const { channel } = seat;
    const { startSources } = options;
    seat.leader = startLeaderDuty({ environment, channel, store, startSources, hints, word });
  }

  function follow(): void {
    endDuty();
    if (!seat) return;
    const { channel, election } = seat;
    const { takeOver } = election;
    seat.follower = startFollowerDuty({ environment, channel, store, hints, takeOver });
  }

  function stepDown(): void {
    follow();
    seat?.election.resign();
  }

  function hear(message: TabMessage): void {
    if (message.type === "report") hearReport(message);
    else if (message.type === "outdated") hearOfNewer(message);
    else if (message.type === "ended") options.onEnded();
    else seat?.leader?.hear(message);
  }

  function hearReport(report: Report): void {
    if (terms.isOutdated(report)) {
      seat?.channel.post({ type: "outdated", ...terms.latest() });
      return;
    }
    // Of two elected at the same moment one is about to hear that its lock was stolen.
    if (seat?.leader && report.term === terms.latest().term) return;
    if (seat?.leader) stepDown();
    const isAnother = terms.follow(report);
    seat?.follower?.hear(report, isAnother);
  }

  function hearOfNewer(word: Word): void {
    const isSameMoment = word.term === terms.latest().term;
    const isOverruled = seat?.leader !== undefined && terms.isNews(word);
    terms.learn(word);
    if (isOverruled && isSameMoment) goOn();
    else if (isOverruled) stepDown();
  }

  // If it still has its lock, the other one has lost it by now. But it may have slept and been robbed
  // since: then what it has asked for must not count for more than what the robber knows.
  function goOn(): void {
    const word = terms.renew();
    if (seat?.leader?.isCertain()) lead(word);
    else seat?.leader?.renew(word);
  }

  function sayConnecting(): void {
    options.sink.status("runs", "connecting");
    options.sink.status("builds", "connecting");
  }

  function passHint(job: Job): void {
    hints.add(job);
    seat?.follower?.passHint(job);
  }

  const cancels = [
    store.getState().onJobHint(passHint),
    store.getState().onJobAttention((...news) => seat?.follower?.passAttention(...news)),
    tabs.onRest((reason) => (reason === "left" ? leave() : seat?.leader?.beat())),
    environment.onWake((reason) => {
      if (reason === "restored" && !seat && !alone) join();
      if (reason === "visible") seat?.follower?.becomeVisible();
    }),
  ];

  join();
  return {
    refresh: () => (alone ?? seat?.leader ?? seat?.follower)?.refresh(),
    restart() {
      if (alone) return alone.restart();
      writerOf(store.getState()).batch(() => {
        // With it goes that they have ever answered.
        options.sink.status("runs", "off");
        options.sink.status("builds", "off");
        sayConnecting();
      });
      // In a term of its own, so that what it does not know yet takes nothing away from others.
      if (seat?.leader) lead(terms.renew());
      else follow();
    },
    stop() {
      for (const cancel of cancels) cancel();
      leave();
      alone?.stop();
    },
    tellEnded() {
      seat?.channel.post({ type: "ended" });
      alone?.tellEnded();
    },
  };
}

function newTabName({ now, random }: SyncEnvironment): string {
  return `${now().toString(36)}-${random().toString(36).slice(2)}`;
}
