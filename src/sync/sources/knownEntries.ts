import type { JobKind } from "../../jobs/defineJobKind.ts";
import type { Job } from "../../jobs/job.ts";
import type { ReportProblem } from "../../jobs/payload.ts";

interface KnownEntry {
  readonly entry: unknown;
  readonly job: Job;
}

/** Reads a list by a kind. */
export type ReadList = (kind: JobKind) => Job[];

/**
 * Creates what reads the same list again and again: an entry that is as it was in the last list keeps
 * its job, and `kind` does not check it anew. To compare an entry takes a tenth of the time that it
 * takes to check it, and of a long list nearly all is as it was.
 *
 * It keeps the entries of the last list. One with a problem is checked, and reported, each time.
 */
export function rememberEntries(kind: JobKind): (read: ReadList) => Job[] {
  let last: readonly KnownEntry[] = [];

  return (read) => {
    const next: KnownEntry[] = [];
    /** Where in the last list the next entry is expected, and how many were not found since. */
    let place = 0;
    let missed = 0;

    // Only the kind could read a key, so places have to do: behind new entries the next one is at its
    // old place, behind one that is gone at the next, and behind several that changed so many further.
    function takeKnown(entry: unknown): KnownEntry | undefined {
      for (const index of [place, place + 1, place + missed]) {
        const known = last[index];
        if (!known || !isSameJson(known.entry, entry)) continue;
        place = index + 1;
        missed = 0;
        return known;
      }
      missed += 1;
      return undefined;
    }

    function parse(raw: never, report: ReportProblem = () => {}): Job {
      const known = takeKnown(raw);
      if (known) {
        next.push(known);
        return known.job;
      }
      let hasProblem = false;
      const job = kind.parse(raw, (problem) => {
        hasProblem = true;
        report(problem);
      });
      if (!hasProblem) next.push({ entry: raw, job });
      return job;
    }

    const jobs = read({ ...kind, parse });
    last = next;
    return jobs;
  };
}

/** Deeper than entries are: what a server nests for ever must not exhaust the stack. */
const maxDepth = 10;

// A host's `list` may hand out anything. Of what is not plain JSON, such as a date, nothing is known.
function isSameJson(a: unknown, b: unknown, depth = 0): boolean {
  if (a === b) return true;
  if (!isPlain(a) || !isPlain(b) || depth > maxDepth) return false;
  const names = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSameJson(a[name], b[name], depth + 1))
  );
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
