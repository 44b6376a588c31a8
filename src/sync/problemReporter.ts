import type { PayloadError } from "../jobs/PayloadError.ts";
import type { SourceName } from "../jobs/jobKinds.ts";

/** Takes what is wrong with something that came from a source. */
export type ProblemReporter = (source: SourceName, problem: PayloadError) => void;

/** Creates a reporter that calls `onFirst` with the first problem of each cause, once. */
export function createProblemReporter(onFirst: ProblemReporter): ProblemReporter {
  // As many causes as the parsers have sentences: this cannot grow without bound.
  const seen = new Set<string>();
  return (source, problem) => {
    const cause = `${source}: ${problem.problem}`;
    if (seen.has(cause)) return;
    seen.add(cause);
    onFirst(source, problem);
  };
}
