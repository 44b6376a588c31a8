/** How far apart readings are noted, in ms, and how many of them are kept: five minutes' worth. */
const intervalMs = 300;
const maxNotes = 1_000;

/** When the logical clock was read, by the wall clock. */
export interface TickHistory {
  /** Notes that the clock reads `tick` now. */
  note: (tick: number) => void;
  /** What it read at the moment `ms` (epoch ms), or a little before; the first note at the least. */
  before: (ms: number) => number;
}

/** Creates an empty history; `now` is in epoch ms. */
export function createTickHistory(now: () => number): TickHistory {
  const notes: { readonly tick: number; readonly ms: number }[] = [];
  let first = 0;

  return {
    note(tick) {
      const ms = now();
      const last = notes.at(-1);
      if (last && ms >= last.ms && ms - last.ms < intervalMs) return;
      first ||= tick;
      notes.push({ tick, ms });
      if (notes.length > maxNotes) notes.shift();
    },
    before: (ms) => notes.findLast((note) => note.ms <= ms)?.tick ?? first,
  };
}
