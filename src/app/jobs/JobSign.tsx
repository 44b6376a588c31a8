import type { JobTone } from "./jobWords.ts";

/** The sign before a job. It adds nothing to the words beside it, so it is not read out. */
export function JobSign({ tone }: { tone: JobTone }) {
  const className = tone === "working" ? "ring" : `sign sign-${tone}`;
  return <span className={className} aria-hidden="true" />;
}
