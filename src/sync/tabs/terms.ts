import type { Term } from "./messages.ts";

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
