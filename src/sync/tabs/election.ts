import type { LockManagerLike } from "../environment.ts";

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
