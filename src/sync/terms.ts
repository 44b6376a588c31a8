/** Whose word counts: a leader's, and in which term it was given. */
export interface Word {
  readonly from: string;
  readonly term: number;
}

/**
 * Orders leaders, so that the word of an older one can be told from the newest one's. A term is
 * the moment in which it began, and later than any that is known: whoever is elected last has the
 * highest one, even without having heard of the others. Two that began their terms in the same
 * millisecond are told apart by their names, in every tab alike.
 */
export interface Terms {
  /** The newest leader known here. */
  latest: () => Word;
  /** Begins this tab's own term. */
  begin: () => Word;
  /**
   * Goes on in a term that is newer than any known, though not a later moment: whoever was elected
   * since is newer still.
   */
  renew: () => Word;
  /** Whether a newer leader is known than the one that gave this word. */
  isOutdated: (word: Word) => boolean;
  /** Follows a leader. Gives whether it is another one than was followed before. */
  follow: (word: Word) => boolean;
  /** Whether this leader is newer than any known here. */
  isNews: (word: Word) => boolean;
  /** Takes note of a leader that somebody else knows of. */
  learn: (word: Word) => void;
}

/** Creates the order of a tab that knows of no leader yet; `now` is in epoch ms. */
export function createTerms(tab: string, now: () => number): Terms {
  let latest: Word = { from: "", term: 0 };
  // Knowing of a leader is not yet having its picture.
  let followed = latest;
  const isNews = (word: Word) => isOlder(latest, word);

  return {
    latest: () => latest,
    begin: () => (latest = { from: tab, term: Math.max(latest.term + 1, now()) }),
    renew: () => (latest = { from: tab, term: latest.term + 1 }),
    isOutdated: (word) => isOlder(word, latest),
    follow({ from, term }) {
      const isAnother = from !== followed.from || term !== followed.term;
      latest = followed = { from, term };
      return isAnother;
    },
    isNews,
    learn({ from, term }) {
      if (isNews({ from, term })) latest = { from, term };
    },
  };
}

function isOlder(a: Word, b: Word): boolean {
  return a.term < b.term || (a.term === b.term && a.from < b.from);
}
