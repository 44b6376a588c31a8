/** Whose word counts: a leader's, and in which term it was given. */
export interface Word {
  readonly from: string;
  readonly term: number;
}

/**
 * Counts leaders, so that the word of an older one can be told from the newest one's. Two that
 * began the same term at the same moment are told apart by their names, in every tab alike.
 */
export interface Terms {
  /** The latest term known here. */
  current: () => number;
  /** Begins this tab's own term. */
  begin: () => Word;
  /** Whether a newer leader is known than the one that gave this word. */
  isOutdated: (word: Word) => boolean;
  /** Follows a leader. Gives whether it is another one than before. */
  follow: (word: Word) => boolean;
  /** Takes note of a term that somebody else knows of. */
  learn: (term: number) => void;
}

/** Creates the count of a tab that knows of no leader yet. */
export function createTerms(tab: string): Terms {
  let latest: Word = { from: "", term: 0 };
  return {
    current: () => latest.term,
    begin: () => (latest = { from: tab, term: latest.term + 1 }),
    isOutdated: ({ from, term }) =>
      term < latest.term || (term === latest.term && from < latest.from),
    follow({ from, term }) {
      const isAnother = from !== latest.from || term !== latest.term;
      latest = { from, term };
      return isAnother;
    },
    learn(term) {
      if (term > latest.term) latest = { from: "", term };
    },
  };
}
