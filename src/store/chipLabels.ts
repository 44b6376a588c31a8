import type { BackendJob } from "./entries.ts";
import {
  type ActiveAction,
  type ActiveView,
  type ActivityView,
  selectActiveCount,
  selectIsUnknown,
  selectLatestAction,
} from "./selectors.ts";

/** The labels that say in one line what is going on; a host may replace them, by another language say. */
export interface ChipLabels {
  /** Nothing is going on. */
  idle: string;
  /** A source has not answered yet: nobody knows whether something is going on. */
  unknown: string;
  /** The same as a sentence. */
  notKnown: string;
  /** The accessible name with nothing going on. */
  noActions: string;
  /** The accessible name; `count` is at least 1, and `latest` what the latest action is called. */
  actionsInProgress: (count: number, latest: string) => string;
  /** What a job is called. */
  job: (job: BackendJob) => string;
}

/** The labels of the feature's specification, in English. */
export const defaultChipLabels: ChipLabels = {
  idle: "Idle",
  unknown: "Checking…",
  notKnown: "Not known yet what is going on.",
  noActions: "No active actions",
  actionsInProgress: (count, latest) =>
    count === 1
      ? `1 action in progress: ${latest}`
      : `${count} actions in progress. Latest: ${latest}`,
  job: (job) => job.label,
};

/** What an action is called: a request as it was registered, a job as `labels` say. */
function labelOf(labels: ChipLabels, action: ActiveAction): string {
  return "kind" in action ? labels.job(action) : action.label;
}

/** The latest action's label, or "Idle"; "Checking…" where nobody knows. `given` replace the default labels. */
export function selectLabel(state: ActivityView, given?: Partial<ChipLabels>): string {
  const labels = { ...defaultChipLabels, ...given };
  const latest = selectLatestAction(state);
  if (latest) return labelOf(labels, latest);
  return selectIsUnknown(state) ? labels.unknown : labels.idle;
}

/** The badge for what is going on besides the latest action: `+2`, or `undefined` if nothing is. */
export function selectBadge(state: ActiveView): string | undefined {
  return badgeOf(selectActiveCount(state));
}

/** The badge for a number of actions of which one is named. */
export function badgeOf(count: number): string | undefined {
  return count > 1 ? `+${count - 1}` : undefined;
}

/** The whole in one sentence, for those who do not see the chip. `given` replace the default labels. */
export function selectAccessibleName(state: ActivityView, given?: Partial<ChipLabels>): string {
  const labels = { ...defaultChipLabels, ...given };
  const count = selectActiveCount(state);
  if (count > 0) return labels.actionsInProgress(count, selectLabel(state, labels));
  return selectIsUnknown(state) ? labels.notKnown : labels.noActions;
}
