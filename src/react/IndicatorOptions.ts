import { createContext, useContext, useMemo } from "react";
import { expectText, hostFunction } from "../store/hostCode.ts";
import { useActivityStore } from "./hooks/useActivity.ts";
import {
  createOffers,
  jobActionRunnerOf,
  type JobActionRunner,
  type JobActionOptions,
  type OfferedAction,
  type StoredJob,
} from "./jobActions.ts";
import { completeLabels, type IndicatorLabels } from "./labels.ts";

/**
 * What a host can give the indicator. What one of these functions throws surfaces as uncaught, once
 * for each cause, and its default is used.
 */
export interface IndicatorOptions extends JobActionOptions {
  /** Labels in place of the default ones. */
  labels?: Partial<IndicatorLabels> | undefined;
  /** The page of a job; without it, or where it gives none or `""`, its row is no link. */
  jobHref?: ((job: StoredJob) => string | undefined) | undefined;
}

/** The host's options, of which none throws and none is missing. */
export interface CompleteIndicatorOptions {
  readonly labels: IndicatorLabels;
  readonly jobHref: (job: StoredJob) => string | undefined;
  /** What can be done about a job. */
  readonly offersOf: (job: StoredJob) => readonly OfferedAction[];
  readonly runner: JobActionRunner;
}

/** Carries the host's options to every part of the indicator. */
export const IndicatorOptionsContext = createContext<CompleteIndicatorOptions | undefined>(
  undefined,
);

/** Completes the host's options; the same object for as long as it is given the same ones. */
export function useCompleteOptions(given: IndicatorOptions): CompleteIndicatorOptions {
  const { labels, jobHref, actions, onStopJob, canStopJob } = given;
  const store = useActivityStore();
  const runner = jobActionRunnerOf(store);
  // By itself: a host may well give other functions on each render, and the labels stay the same.
  const allLabels = useMemo(() => completeLabels(labels), [labels]);
  return useMemo(
    () => ({
      labels: allLabels,
      jobHref: hostFunction("jobHref", (job: StoredJob) => expectHref(jobHref?.(job)), noHref),
      offersOf: createOffers({ actions, onStopJob, canStopJob }, allLabels),
      runner,
    }),
    [allLabels, jobHref, actions, onStopJob, canStopJob, runner],
  );
}

/** The options of the indicator around it. */
export function useIndicatorOptions(): CompleteIndicatorOptions {
  const options = useContext(IndicatorOptionsContext);
  if (options) return options;
  throw new TypeError("outside the indicator");
}

/** The indicator's labels. */
export function useLabels(): IndicatorLabels {
  return useIndicatorOptions().labels;
}

function noHref(): undefined {}

function expectHref(href: string | null | undefined): string | undefined {
  return expectText("jobHref", href ?? "") || undefined;
}
