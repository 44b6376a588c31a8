// One stream and one poll for all tabs. Its parts:
//   election      who leads: the tab that holds the Web Lock; terms: which leader is the newest
//   leader        runs the sources and sends patches of what they write
//   follower      applies the leader's patches, and takes the lead when that falls silent
//   channel       carries the messages; messages says what they are
//   withoutLocks  what a tab does where there are no locks, or no channel
import type { Job } from "../../jobs/job.ts";
import type { Cancel, LockManagerLike, SyncEnvironment } from "../environment.ts";
import { setConnecting } from "../sources/sourceRunner.ts";
import type { SourceRunners } from "../sources/sourceRunners.ts";
import { openTabChannel, type SharedSources, type TabChannel } from "./channel.ts";
import { createTerms, type Election, startElection } from "./election.ts";
import { type Follower, startFollower, type UnansweredHints } from "./follower.ts";
import { createLeader, type Leader } from "./leader.ts";
import type { Patch, TabEvent, TabMessage, Term } from "./messages.ts";
import { createRunnersWithoutLocks } from "./withoutLocks.ts";

/** This tab among the others, while its page is not in the back/forward cache. */
interface Membership {
  readonly channel: TabChannel;
  readonly election: Election;
  leader?: Leader | undefined;
  follower?: Follower | undefined;
}

/**
 * Creates what runs sources once for all tabs of a browser. One tab leads and runs them; the others
 * follow what it writes. A visible tab takes the lead from a hidden one, since browsers slow down the
 * timers of hidden pages and what is shown would grow old.
 */
export function createSharedRunners(options: SharedSources, locks: LockManagerLike): SourceRunners {
  const { environment, tabs, internals } = options;
  const terms = createTerms(newTabName(environment), environment.now);
  const hints: UnansweredHints = new Map();
  const cancels: Cancel[] = [];
  let member: Membership | undefined;
  let alone: SourceRunners | undefined;

  function join(): void {
    const channel = openTabChannel(options, { onMessage: take, onBroken: goAlone });
    const election = startElection({
      locks,
      name: options.name,
      onElected: () => lead(terms.begin()),
      onDeposed: follow,
    });
    member = { channel, election };
    // What this tab knows may be old, so it must not pass for live before a leader has answered.
    setConnecting(internals, options.sources);
    follow();
  }

  function leave(): void {
    endRole();
    member?.election.stop();
    member?.channel.close();
    member = undefined;
    hints.clear();
  }

  // Without a channel a leader's patches reach nobody, and a follower gets none.
  function goAlone(): void {
    if (!member) return;
    leave();
    alone = createRunnersWithoutLocks(options);
    alone.start();
  }

  function endRole(): void {
    member?.leader?.stop();
    member?.follower?.stop();
    if (member) member.leader = member.follower = undefined;
  }

  function lead(term: Term): void {
    endRole();
    if (!member) return;
    const { channel } = member;
    member.leader = createLeader({ ...options, channel, hints, term });
    member.leader.start();
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
    else if (message.type === "event") takeEvent(message);
    else if (message.type === "ended") options.onEnded();
    else member?.leader?.take(message);
  }

  function takePatch(patch: Patch): void {
    if (terms.isOutdated(patch)) {
      member?.channel.post({ type: "outdated", ...terms.latest() });
      return;
    }
    // Both leaders were elected in the same millisecond: the browser is about to depose one of them.
    if (member?.leader && patch.term === terms.latest().term) return;
    if (member?.leader) stepDown();
    const isAnother = terms.follow(patch);
    member?.follower?.take(patch, isAnother);
  }

  // What an older leader gets may come by the newer one's connection too.
  function takeEvent({ from, term, source, event, data }: TabEvent): void {
    const latest = terms.latest();
    if (member?.follower && from === latest.from && term === latest.term)
      options.events.deliver({ source, event }, data);
  }

  function takeNewer(term: Term): void {
    const isSameMoment = term.term === terms.latest().term;
    const isNewer = terms.learn(term);
    if (!isNewer || !member?.leader) return;
    if (isSameMoment) goOn(member.leader);
    else stepDown();
  }

  // Both were elected in the same millisecond, and this tab was not deposed: the other has lost the
  // lock. Or this one slept while its lock was stolen; then its answers are older than the other's. So
  // a certain leader starts its sources anew, and is uncertain until they answer; one that is
  // uncertain removes no jobs of others in any case.
  function goOn(leader: Leader): void {
    const term = terms.renew();
    if (leader.isCertain()) lead(term);
    else leader.renew(term);
  }

  function sendHint(job: Job): void {
    if (!options.kinds.has(job.kind)) return;
    hints.set(job.key, job);
    member?.follower?.sendHint(job);
  }

  return {
    start() {
      cancels.push(
        internals.onJobHint(sendHint),
        internals.onReadState((...states) => member?.follower?.sendReadState(...states)),
        tabs.onRest((reason) => (reason === "left" ? leave() : member?.leader?.sendHeartbeat())),
        environment.onWake((reason) => {
          if (reason === "restored" && !member && !alone) join();
          if (reason === "visible") member?.follower?.becomeVisible();
        }),
      );
      join();
    },
    refresh: () => (alone ?? member?.leader ?? member?.follower)?.refresh(),
    restart() {
      if (alone) return alone.restart();
      setConnecting(internals, options.sources, true);
      // In a new term: followers then wait for its sources before its snapshots remove their jobs.
      if (member?.leader) lead(terms.renew());
      else follow();
    },
    stop() {
      for (const cancel of cancels) cancel();
      leave();
      alone?.stop();
    },
    sendEnded() {
      member?.channel.post({ type: "ended" });
      alone?.sendEnded?.();
    },
  };
}

function newTabName({ now, random }: SyncEnvironment): string {
  return `${now().toString(36)}-${random().toString(36).slice(2)}`;
}
