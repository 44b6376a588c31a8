// One stream and one poll for all tabs. Its parts:
//   election      who leads: whoever holds the Web Lock
//   terms         which leader is the newest, so that nobody believes an older one
//   leader        owns the sources and passes on what they write
//   follower      writes what the leader sends, and steps in if that falls silent
//   channel       carries the messages; messages and patches say what those are
//   withoutLocks  what a tab does where there are no locks, or no channel
import type { Job } from "../../jobs/job.ts";
import type { LockManagerLike, SyncEnvironment } from "../environment.ts";
import { openTabChannel, type TabChannel } from "./channel.ts";
import { createTerms, type Election, startElection } from "./election.ts";
import { createHintsOnTheirWay, type Follower, startFollower } from "./follower.ts";
import { type Leader, startLeader } from "./leader.ts";
import type { Patch, TabMessage, Term } from "./messages.ts";
import { type RunningSources, sayConnecting, type SharedSources } from "./sharedSources.ts";
import { startWithoutLocks } from "./withoutLocks.ts";

/** This tab among the others, while its page is not in the back/forward cache. */
interface Membership {
  readonly channel: TabChannel;
  readonly election: Election;
  leader?: Leader | undefined;
  follower?: Follower | undefined;
}

/**
 * Shares sources among all tabs of a browser. One tab leads and owns them; the others follow what it
 * writes. The visible tab leads, so that timers that are throttled in the background never make
 * what is shown old.
 */
export function shareSources(options: SharedSources, locks: LockManagerLike): RunningSources {
  const { environment, tabs, internals } = options;
  const terms = createTerms(newTabName(environment), environment.now);
  const hints = createHintsOnTheirWay();
  let member: Membership | undefined;
  let alone: RunningSources | undefined;
  let isStopped = false;

  function join(): void {
    const channel = openTabChannel({
      open: () => tabs.openChannel(options.name),
      kinds: options.kinds,
      onMessage: take,
      onProblem: options.onProblem,
      onBroken: goAlone,
    });
    const election = startElection({
      locks,
      name: options.name,
      onElected: () => lead(terms.begin()),
      onDeposed: follow,
    });
    member = { channel, election };
    // Until somebody answers: whatever this tab knows may be old.
    sayConnecting(options);
    follow();
  }

  function leave(): void {
    endRole();
    member?.election.stop();
    member?.channel.close();
    member = undefined;
    hints.clear();
  }

  // A tab that nobody hears must not lead, and gets nothing true if it follows.
  function goAlone(): void {
    if (!member) return;
    leave();
    const started = startWithoutLocks(options);
    if (isStopped) started.stop();
    else alone = started;
  }

  function endRole(): void {
    member?.leader?.stop();
    member?.follower?.stop();
    if (member) member.leader = member.follower = undefined;
  }

  function lead(term: Term): void {
    endRole();
    const mine = member;
    if (!mine) return;
    const leader = startLeader({ ...options, channel: mine.channel, hints, term });
    // A store subscriber may have stopped the sync meanwhile.
    if (member === mine) mine.leader = leader;
    else leader.stop();
  }

  function follow(): void {
    endRole();
    if (!member) return;
    const { channel, election } = member;
    const { takeOver } = election;
    member.follower = startFollower({ ...options, channel, hints, takeOver });
  }

  function stepDown(): void {
    follow();
    member?.election.resign();
  }

  function take(message: TabMessage): void {
    if (message.type === "patch") takePatch(message);
    else if (message.type === "outdated") takeNewer(message);
    else if (message.type === "ended") options.onEnded();
    else member?.leader?.take(message);
  }

  function takePatch(patch: Patch): void {
    if (terms.isOutdated(patch)) {
      member?.channel.post({ type: "outdated", ...terms.latest() });
      return;
    }
    // Of two elected at the same moment one is about to learn that its lock was stolen.
    if (member?.leader && patch.term === terms.latest().term) return;
    if (member?.leader) stepDown();
    const isAnother = terms.follow(patch);
    member?.follower?.take(patch, isAnother);
  }

  function takeNewer(term: Term): void {
    const isSameMoment = term.term === terms.latest().term;
    const isOverruled = member?.leader !== undefined && terms.isNewer(term);
    terms.learn(term);
    if (isOverruled && isSameMoment) goOn();
    else if (isOverruled) stepDown();
  }

  // If it still has its lock, the other one has lost it by now. But its lock may have been stolen
  // while it slept: then what it has asked for must not count for more than what the thief knows.
  function goOn(): void {
    const term = terms.renew();
    if (member?.leader?.isCertain()) lead(term);
    else member?.leader?.renew(term);
  }

  function passHint(job: Job): void {
    if (!options.kinds.has(job.kind)) return;
    hints.add(job);
    member?.follower?.passHint(job);
  }

  const cancels = [
    internals.onJobHint(passHint),
    internals.onReadState((...states) => member?.follower?.passReadState(...states)),
    tabs.onRest((reason) => (reason === "left" ? leave() : member?.leader?.sendHeartbeat())),
    environment.onWake((reason) => {
      if (reason === "restored" && !member && !alone) join();
      if (reason === "visible") member?.follower?.becomeVisible();
    }),
  ];

  join();
  return {
    refresh: () => (alone ?? member?.leader ?? member?.follower)?.refresh(),
    restart() {
      if (alone) return alone.restart();
      sayConnecting(options, true);
      // In a term of its own, so that what it does not know yet takes nothing away from others.
      if (member?.leader) lead(terms.renew());
      else follow();
    },
    stop() {
      isStopped = true;
      for (const cancel of cancels) cancel();
      leave();
      alone?.stop();
    },
    sendEnded() {
      member?.channel.post({ type: "ended" });
      alone?.sendEnded();
    },
  };
}

function newTabName({ now, random }: SyncEnvironment): string {
  return `${now().toString(36)}-${random().toString(36).slice(2)}`;
}
