import { createContext, useContext } from "react";
import type { EndedJob } from "../store/endedJob.ts";
import type { BackendJob } from "../store/jobEntries.ts";
import { defaultLabels, type IndicatorLabels } from "./labels.ts";
import { createStopRequests, type StopRequests } from "./stopRequests.ts";

/** What a host can give the indicator. */
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

/** The host's options with every word filled in, and what was asked to stop. */
export interface CompleteIndicatorOptions extends IndicatorOptions {
  readonly labels: IndicatorLabels;
  readonly stops: StopRequests;
}

/** Carries the host's options to every part of the indicator. */
export const IndicatorOptionsContext = createContext<CompleteIndicatorOptions>({
  labels: defaultLabels,
  stops: createStopRequests(),
});

/** The host's options. */
export function useIndicatorOptions(): CompleteIndicatorOptions {
  return useContext(IndicatorOptionsContext);
}

/** The indicator's words. */
export function useLabels(): IndicatorLabels {
  return useIndicatorOptions().labels;
}
