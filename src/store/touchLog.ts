import type { JobKey } from "../jobs/job.ts";
import { tick } from "./logicalClock.ts";

/** How many jobs that are gone are remembered, so that their end is still news if they return. */
const maxGoneJobs = 500;

/**
 * When there last was evidence that a job is active, on the logical clock.
 *
 * It is not part of the state: evidence that changes nothing must not run subscribers, but it
 * still protects its job from an older snapshot.
 */
export interface TouchLog {
  /** Notes evidence of the logical time `at`. @default now */
  touch: (key: JobKey, at?: number) => void;
  /** Whether there was evidence of the job after the question `askedAt`. */
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
  const gone = new Set<JobKey>();

  return {
    touch(key, at = tick()) {
      gone.delete(key);
      touches.set(key, Math.max(at, touches.get(key) ?? 0));
    },
    isTouchedAfter: (key, askedAt) => (touches.get(key) ?? 0) > askedAt,
    markGone(key) {
      touches.delete(key);
      gone.add(key);
      const [oldest] = gone;
      if (gone.size > maxGoneJobs && oldest !== undefined) gone.delete(oldest);
    },
    hasSeen: (key) => touches.has(key) || gone.has(key),
    forget(key) {
      touches.delete(key);
      gone.delete(key);
    },
    clear(isMeant) {
      for (const key of touches.keys()) if (isMeant(key)) touches.delete(key);
      for (const key of gone) if (isMeant(key)) gone.delete(key);
    },
  };
}
