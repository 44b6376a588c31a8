import type { LockManagerLike } from "../environment.ts";
import type { Term } from "./messages.ts";

/** What an election needs, and who is called with its outcome. */
export interface ElectionOptions {
  locks: LockManagerLike;
  /** The lock's name: one leader for each. */
  name: string;
  /** Called when this tab leads from now on. */
  onElected: () => void;
  /**
   * Called when another tab has taken the lead from this one, which then queues again. Not called
   * after `resign` or `stop`.
   */
  onDeposed: () => void;
}

/** A tab's part in the election. */
export interface Election {
  /** Takes the lead from whoever has it. Without effect on a tab that leads. */
  takeOver: () => void;
  /** Gives the lead to the next in the queue and queues again behind it. */
  resign: () => void;
  /** Leaves the election; the lead passes on. Safe twice. */
  stop: () => void;
}

/** One wait for the lock, and the time for which it is held. */
interface Candidacy {
  readonly leaving: AbortController;
  release?: () => void;
}

/**
 * Elects one leader among the tabs of a browser: the one that holds the lock. The browser passes the
 * lock on when its holder resigns, closes or crashes (W3C Web Locks API); `takeOver` steals it from a
 * tab that is hidden or frozen.
 *
 * Where the browser refuses the lock altogether this tab leads all the same: two connections are
 * better than none.
 */
export function startElection(options: ElectionOptions): Election {
  const { locks, name, onElected, onDeposed } = options;
  let candidacy: Candidacy | undefined;
  let isRefused = false;

  function enter(steal: boolean): void {
    const mine: Candidacy = { leaving: new AbortController() };
    candidacy = mine;
    const lead = () =>
      new Promise<void>((release) => {
        mine.release = release;
        if (candidacy === mine) onElected();
        else release();
      });
    // The API allows no signal beside `steal`. None is needed: the browser grants it at once.
    const how = steal ? { steal } : { signal: mine.leaving.signal };
    locks.request(name, how, lead).catch((error: unknown) => lose(mine, error));
  }

  function lose(mine: Candidacy, error: unknown): void {
    if (candidacy !== mine) return;
    if (isAbort(error)) {
      leave();
      onDeposed();
      enter(false);
      return;
    }
    // onElected has thrown: to queue again would only have it throw again.
    if (mine.release) throw error;
    isRefused = true;
    mine.release = () => {};
    onElected();
  }

  function leave(): void {
    const mine = candidacy;
    candidacy = undefined;
    mine?.leaving.abort();
    mine?.release?.();
  }

  enter(false);
  return {
    takeOver() {
      if (candidacy === undefined || candidacy.release) return;
      leave();
      enter(true);
    },
    resign() {
      leave();
      // The browser refuses the lock: another request would fail at once, and this tab lead again.
      if (isRefused) candidacy = { leaving: new AbortController() };
      else enter(false);
    },
    stop: leave,
  };
}

// `instanceof DOMException` is false for one of another realm, such as a frame's.
function isAbort(error: unknown): boolean {
  return error instanceof Object && "name" in error && error.name === "AbortError";
}

/**
 * Orders leaders, so that a tab can ignore the patches of an older one. A term is the moment (epoch
 * ms) at which it began, and higher than any known one: so the leader that was elected last has the
 * highest, even if it knows of no other. Of two that began in the same millisecond, the one whose name
 * is greater counts as newer, in every tab alike.
 */
export interface Terms {
  /** The newest leader that is known here. */
  latest: () => Term;
  /** Begins this tab's own term. */
  begin: () => Term;
  /**
   * Begins a term of this tab's that is the least higher one than any known: a leader that was elected
   * since, and is not known here, stays newer.
   */
  renew: () => Term;
  /** Whether a newer leader is known than the one of this term. */
  isOutdated: (term: Term) => boolean;
  /** Follows a leader. Gives whether it is another one than was followed before. */
  follow: (term: Term) => boolean;
  /** Notes a leader that another tab knows of. Gives whether it is newer than any known here. */
  learn: (term: Term) => boolean;
}

/** Creates the order of a tab that knows of no leader yet; `now` is in epoch ms. */
export function createTerms(tab: string, now: () => number): Terms {
  let latest: Term = { from: "", term: 0 };
  // A leader may be known by another tab's message alone: then its snapshot is still missing here.
  let followed = latest;

  return {
    latest: () => latest,
    begin: () => (latest = { from: tab, term: Math.max(latest.term + 1, now()) }),
    renew: () => (latest = { from: tab, term: latest.term + 1 }),
    isOutdated: (term) => isOlder(term, latest),
    follow({ from, term }) {
      const isAnother = from !== followed.from || term !== followed.term;
      latest = followed = { from, term };
      return isAnother;
    },
    learn({ from, term }) {
      const isNewer = isOlder(latest, { from, term });
      if (isNewer) latest = { from, term };
      return isNewer;
    },
  };
}

function isOlder(a: Term, b: Term): boolean {
  return a.term < b.term || (a.term === b.term && a.from < b.from);
}
