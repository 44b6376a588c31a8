import type { LockManagerLike } from "../environment.ts";
import type { Term } from "./messages.ts";

/** What an election needs, and who is called with its outcome. */
export interface ElectionOptions {
  locks: LockManagerLike;
  /** The lock's name: one leader for each. */
  name: string;
  /** This tab leads now. */
  onElected: () => void;
  /** This tab no longer leads; it is in the queue again. Not called after `resign` or `stop`. */
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

/** One wait for the lock, and the time that it is held. */
interface Candidacy {
  readonly leaving: AbortController;
  release?: () => void;
}

/**
 * Elects one leader among the tabs of a browser: whoever holds the lock. The browser passes it on
 * when its holder resigns, closes or crashes (W3C Web Locks API); `takeOver` steals it from one
 * that is hidden or frozen.
 *
 * Where the browser refuses the lock altogether the tab leads on its own: two connections are
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
    // A request that steals cannot be taken back, and need not be: it is granted at once.
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
    // A failure to lead is no loss of the lock: it would only fail again.
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
      // Without a lock there is no queue: two tabs would pass the lead to and fro for ever.
      if (isRefused) candidacy = { leaving: new AbortController() };
      else enter(false);
    },
    stop: leave,
  };
}

// Not `instanceof`: a DOMException of another realm is none here.
function isAbort(error: unknown): boolean {
  return error instanceof Object && "name" in error && error.name === "AbortError";
}

/**
 * Orders leaders, so that what an older one says can be told from the newest one's. A term is
 * the moment in which it began, and later than any that is known: whoever is elected last has the
 * highest one, even without knowing of the others. Two that began their terms in the same
 * millisecond are told apart by their names, in every tab alike.
 */
export interface Terms {
  /** The newest leader known here. */
  latest: () => Term;
  /** Begins this tab's own term. */
  begin: () => Term;
  /**
   * Goes on in a term that is newer than any known, though not a later moment: whoever was elected
   * since is newer still.
   */
  renew: () => Term;
  /** Whether a newer leader is known than the one of this term. */
  isOutdated: (term: Term) => boolean;
  /** Follows a leader. Gives whether it is another one than was followed before. */
  follow: (term: Term) => boolean;
  /** Whether this leader is newer than any known here. */
  isNewer: (term: Term) => boolean;
  /** Takes note of a leader that somebody else knows of. */
  learn: (term: Term) => void;
}

/** Creates the order of a tab that knows of no leader yet; `now` is in epoch ms. */
export function createTerms(tab: string, now: () => number): Terms {
  let latest: Term = { from: "", term: 0 };
  // Knowing of a leader is not yet having its snapshot.
  let followed = latest;
  const isNewer = (term: Term) => isOlder(latest, term);

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
    isNewer,
    learn({ from, term }) {
      if (isNewer({ from, term })) latest = { from, term };
    },
  };
}

function isOlder(a: Term, b: Term): boolean {
  return a.term < b.term || (a.term === b.term && a.from < b.from);
}
