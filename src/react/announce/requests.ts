import type { ActivityState } from "../../store/activityStore.ts";
import type { RequestAction, RequestKey } from "../../store/requestActions.ts";
import { selectJobOf } from "../../store/selectors.ts";
import type { IndicatorLabels } from "../labels.ts";
import { hasLasted } from "../../store/elapsed.ts";

/** How long a request must be in flight before it is announced, in ms. */
const worthSayingMs = 2_000;

/**
 * Creates the topic of requests that take long: of a short one only what it leads to is announced,
 * and of one whose outcome a job shows, that job.
 */
export function createRequestTopic() {
  const said = new Map<RequestKey, RequestAction>();
  const shownByJob = new Set<RequestKey>();
  let isAnyUnsaid = false;

  function isForItself(request: RequestAction, state: ActivityState): boolean {
    return !shownByJob.has(request.key) || isOfActiveJob(request, state);
  }

  return {
    follow(before: ActivityState, after: ActivityState): void {
      for (const request of Object.values(after.requestActions)) {
        if (isShownByJob(request, before, after)) shownByJob.add(request.key);
      }
    },
    announce(state: ActivityState, labels: IndicatorLabels, now: number): string[] {
      const { saidStarted, saidEnded, requestDone } = labels;
      const { requestActions } = state;
      const ended = [...said.values()].filter(({ key }) => !(key in requestActions));
      const unsaid = Object.values(requestActions).filter(
        (request) => !said.has(request.key) && isForItself(request, state),
      );
      const started = unsaid.filter(({ startedAt }) => hasLasted(startedAt, now, worthSayingMs));
      const endedAlone = ended.filter(({ key }) => !shownByJob.has(key));
      for (const { key } of ended) said.delete(key);
      for (const key of shownByJob) if (!(key in requestActions)) shownByJob.delete(key);
      for (const request of started) said.set(request.key, request);
      isAnyUnsaid = unsaid.length > started.length;
      return [
        ...endedAlone.map(({ label }) => saidEnded(label, requestDone)),
        ...started.map(({ label }) => saidStarted(label)),
      ];
    },
    isWaiting: () => isAnyUnsaid,
  };
}

// The job has begun, or moved to the front, since the request; or it was active and is no more.
function isShownByJob(request: RequestAction, before: ActivityState, after: ActivityState) {
  const key = selectJobOf(request, after);
  if (key === undefined) return false;
  const job = after.backendJobs[key];
  return job === undefined ? key in before.backendJobs : job.order > request.order;
}

// A server may take long to stop: that it was asked to is announced all the same.
function isOfActiveJob({ about }: RequestAction, { backendJobs }: ActivityState): boolean {
  return about !== undefined && about !== "new" && about in backendJobs;
}
