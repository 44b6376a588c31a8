/** What a tab says, as much of it as says in whose name. */
interface Word {
  readonly type: string;
  readonly from: string;
  readonly term: number;
}

/** The newest leader that each tab knows of. */
export interface NewestWords {
  /** A tab says or hears something. Gives whether it comes of the newest leader known there. */
  note: (tab: number, data: unknown) => boolean;
}

/** Creates the words of tabs that have heard of no leader yet. */
export function createNewestWords(): NewestWords {
  const newest = new Map<number, Word>();
  return {
    note(tab, data) {
      const word = wordOf(data);
      if (!word) return false;
      const known = newest.get(tab);
      if (known && isOlder(word, known)) return false;
      newest.set(tab, word);
      return true;
    },
  };
}

/** How much a tab has asked of the server so far. */
type Asked = Readonly<Record<"sources" | "requests", number>>;

/**
 * Creates what tells of a word that a tab says whether the tab has asked both sources since its
 * last term, given how often it has asked so far.
 */
export function createTermWatch(): (data: unknown, asked: Asked) => boolean {
  let term: number | undefined;
  let before: Asked = { sources: 0, requests: 0 };
  let last = before;
  return (data, { sources, requests }) => {
    const word = wordOf(data);
    if (word?.type !== "patch") return false;
    if (word.term !== term) before = last;
    term = word.term;
    last = { sources, requests };
    return sources > before.sources && requests > before.requests;
  };
}

function wordOf(data: unknown): Word | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else is posted
  const word = data as Word;
  return word.type === "patch" || word.type === "outdated" ? word : undefined;
}

function isOlder(a: Word, b: Word): boolean {
  return a.term < b.term || (a.term === b.term && a.from < b.from);
}
