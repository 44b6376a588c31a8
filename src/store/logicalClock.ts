import type { JobKey } from "../jobs/job.ts";

// It begins at the time of loading, with room for a thousand readings a millisecond: so the
// readings of one page's life lie apart from those of another's.
const beginning = Date.now() * 1_000;
let reading = beginning;

/**
 * The next reading of a clock that only orders: each call gives a higher number than any before.
 *
 * Insertions, updates and questions to the server all take their number here, so "later" needs
 * no wall clocks, which jump and which differ between browser and server. One clock for
 * the module keeps requests and jobs comparable however a host composes its store.
 */
export function tick(): number {
  reading += 1;
  return reading;
}

/**
 * Whether a reading was taken by this page since it was loaded. What a host's `persist` brings back
 * was read by another page: nothing keeps it true, so it must not show.
 */
export function isOfThisPage({ order }: { readonly order: number }): boolean {
  return order > beginning && order <= reading;
}

/** How many jobs that are gone are remembered, so that their end is shown if they return. */
const maxGoneJobs = 500;

/**
 * When a source or a hint last said that a job is active, on the logical clock.
 *
 * It is not part of the state: an update that changes nothing must not run subscribers, but it
 * still protects its job from an older snapshot.
 */
export interface TouchLog {
  /** Notes that the job was said to be active at the logical time `at`. @default now */
  touch: (key: JobKey, at?: number) => void;
  /** Whether what was said of it last, in the order of what is applied, was said after `at`. */
  wasSaidAfter: (key: JobKey, at: number) => boolean;
  /** Whether anything was said of it after the logical time `askedAt`. */
  isTouchedAfter: (key: JobKey, askedAt: number) => boolean;
  /** Remembers of a job that vanished no more than that it was active. */
  markGone: (key: JobKey) => void;
  /** Whether the job was seen active and its end has not been seen. */
  hasSeen: (key: JobKey) => boolean;
  forget: (key: JobKey) => void;
  /** Forgets all jobs that are meant. */
  clear: (isMeant: (key: JobKey) => boolean) => void;
}

/** Creates an empty log. */
export function createTouchLog(): TouchLog {
  const touches = new Map<JobKey, number>();
  const saidAt = new Map<JobKey, number>();
  const gone = new Set<JobKey>();

  return {
    touch(key, at = tick()) {
      gone.delete(key);
      saidAt.set(key, at);
      touches.set(key, Math.max(at, touches.get(key) ?? 0));
    },
    wasSaidAfter: (key, at) => (saidAt.get(key) ?? 0) > at,
    isTouchedAfter: (key, askedAt) => (touches.get(key) ?? 0) > askedAt,
    markGone(key) {
      touches.delete(key);
      saidAt.delete(key);
      gone.add(key);
      const [oldest] = gone;
      if (gone.size > maxGoneJobs && oldest !== undefined) gone.delete(oldest);
    },
    hasSeen: (key) => touches.has(key) || gone.has(key),
    forget(key) {
      touches.delete(key);
      saidAt.delete(key);
      gone.delete(key);
    },
    clear(isMeant) {
      for (const noted of [touches, saidAt])
        for (const key of noted.keys()) if (isMeant(key)) noted.delete(key);
      for (const key of gone) if (isMeant(key)) gone.delete(key);
    },
  };
}

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
    note(at) {
      const ms = now();
      const last = notes.at(-1);
      if (last && ms >= last.ms && ms - last.ms < intervalMs) return;
      first ||= at;
      notes.push({ tick: at, ms });
      if (notes.length > maxNotes) notes.shift();
    },
    before: (ms) => notes.findLast((note) => note.ms <= ms)?.tick ?? first,
  };
}
