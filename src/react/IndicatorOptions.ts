import { createContext, useContext, useMemo, useState } from "react";
import { expectText, hostFunction } from "../store/hostCode.ts";
import type { BackendJob, EndedJob } from "../store/entries.ts";
import { completeLabels, defaultLabels, type IndicatorLabels } from "./labels.ts";
import { createStopRequests, type StopRequests } from "./list/jobActions.ts";

/**
 * What a host can give the indicator. What one of these functions throws surfaces as uncaught, once
 * for each cause, and its default is used.
 */
export interface IndicatorOptions {
  /** The page of a job; without it, or where it gives `undefined`, its row is no link. */
  jobHref?: ((job: BackendJob | EndedJob) => string | undefined) | undefined;
  /**
   * Stops a job; without it there is no Stop. Not called again before it has settled; what it
   * rejects with is shown in the row and told to screen readers.
   */
  onStopJob?: ((job: BackendJob) => void | Promise<unknown>) | undefined;
  /** Whether a job can be stopped. @default every job that is not stopping already */
  canStopJob?: ((job: BackendJob) => boolean) | undefined;
}

/** The host's options, of which none throws and none is missing, and what was asked to stop. */
export interface CompleteIndicatorOptions extends IndicatorOptions {
  readonly jobHref: (job: BackendJob | EndedJob) => string | undefined;
  readonly canStopJob: (job: BackendJob) => boolean;
  readonly labels: IndicatorLabels;
  readonly stops: StopRequests;
}

/** Carries the host's options to every part of the indicator. */
export const IndicatorOptionsContext = createContext<CompleteIndicatorOptions>({
  jobHref: noHref,
  canStopJob: isNotStopping,
  labels: defaultLabels,
  stops: createStopRequests(),
});

/** Completes the host's options; the same object for as long as it is given the same ones. */
export function useCompleteOptions(
  given: IndicatorOptions & { labels?: Partial<IndicatorLabels> | undefined },
): CompleteIndicatorOptions {
  const { labels, jobHref, onStopJob, canStopJob = isNotStopping } = given;
  const [stops] = useState(createStopRequests);
  // By itself: a host may well give other functions on each render, and the words stay the same.
  const words = useMemo(() => completeLabels(labels), [labels]);
  return useMemo(
    () => ({
      jobHref: hostFunction(
        "jobHref",
        (job: BackendJob | EndedJob) => expectHref(jobHref?.(job)),
        noHref,
      ),
      onStopJob,
      canStopJob: hostFunction("canStopJob", (job: BackendJob) => canStopJob(job), isNotStopping),
      labels: words,
      stops,
    }),
    [words, jobHref, onStopJob, canStopJob, stops],
  );
}

/** The host's options. */
export function useIndicatorOptions(): CompleteIndicatorOptions {
  return useContext(IndicatorOptionsContext);
}

/** The indicator's words. */
export function useLabels(): IndicatorLabels {
  return useIndicatorOptions().labels;
}

function noHref(): undefined {}

function isNotStopping({ status }: BackendJob): boolean {
  return status !== "stopping";
}

function expectHref(href: string | null | undefined): string | undefined {
  return href === undefined || href === null ? undefined : expectText("jobHref", href);
}
