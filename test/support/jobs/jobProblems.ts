import type { PayloadError } from "../../../src/jobs/payload.ts";

/** A `report` for the parsers, and what it was called with. */
export function collectProblems() {
  const problems: PayloadError[] = [];
  return {
    problems,
    report: (problem: PayloadError): void => {
      problems.push(problem);
    },
    messages: () => problems.map((problem) => problem.message),
  };
}
