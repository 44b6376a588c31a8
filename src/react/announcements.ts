import type { ActivityState } from "../store/activityStore.ts";
import type { SourceName } from "../store/connection.ts";
import type { BackendJob } from "../store/jobEntries.ts";
import { selectLostSince } from "../store/selectors.ts";
import type { IndicatorLabels } from "./labels.ts";

/** How long a request must be in flight, or a connection lost, before it is worth a word, in ms. */
const worthSayingMs = { request: 2_000, lost: 5_000 };

/** Tells, step by step, what a listener has not heard yet. */
export interface Announcer {
  /** The facts since the last call in one text; empty if there are none. */
  gather: (state: ActivityState, now: number) => string;
  /** Whether there may be something to say later although the state does not change. */
  isWaiting: () => boolean;
}

/**
 * Creates the announcer of one listener: each fact once, starts and ends and no progress. What is
 * there already in the state that it begins with, or in a source's first answer, is not news.
 */
export function createAnnouncer(initial: ActivityState, labels: IndicatorLabels): Announcer {
  let heard = initial;
  let hasSaidLost = false;
  let isWaiting = false;
  const saidRequests = new Map<string, string>();

  function ofJobs(state: ActivityState): string[] {
    const { title, saidStarted, saidGone } = labels;
    const started = Object.values(state.backendJobs)
      .filter(({ key }) => !(key in heard.backendJobs))
      .filter((job) => isNews(heard, job))
      .map((job) => saidStarted(title(job)));
    const gone = Object.values(heard.backendJobs)
      .filter(({ key }) => !(key in state.backendJobs) && !(key in state.endedJobs))
      .filter((job) => isNews(state, job))
      .map((job) => saidGone(title(job)));
    return [...started, ...gone];
  }

  function ofEnds(state: ActivityState): string[] {
    const { title, outcome, saidEnded } = labels;
    return Object.values(state.endedJobs)
      .filter((job) => job.seenActive && !(job.key in heard.endedJobs))
      .map((job) => saidEnded(title(job), outcome(job)));
  }

  function ofRequests(state: ActivityState, now: number): string[] {
    const { saidStarted, saidEnded, requestDone } = labels;
    const facts: string[] = [];
    for (const [key, label] of saidRequests) {
      if (key in state.requestActions) continue;
      saidRequests.delete(key);
      facts.push(saidEnded(label, requestDone));
    }
    for (const { key, label, startedAt } of Object.values(state.requestActions)) {
      if (saidRequests.has(key) || now - startedAt < worthSayingMs.request) continue;
      saidRequests.set(key, label);
      facts.push(saidStarted(label));
    }
    return facts;
  }

  function ofConnection(state: ActivityState, now: number): string[] {
    const since = selectLostSince(state);
    if (since === undefined) {
      const isRestored = hasSaidLost && state.connection.runs.status !== "off";
      hasSaidLost = false;
      return isRestored ? [labels.saidRestored] : [];
    }
    if (hasSaidLost || now - since < worthSayingMs.lost) return [];
    hasSaidLost = true;
    return [labels.saidLost];
  }

  return {
    gather(state, now) {
      const facts = [
        ...ofJobs(state),
        ...ofEnds(state),
        ...ofRequests(state, now),
        ...ofConnection(state, now),
      ];
      heard = state;
      const isAnyUnsaid = Object.keys(state.requestActions).some((key) => !saidRequests.has(key));
      isWaiting = isAnyUnsaid || (selectLostSince(state) !== undefined && !hasSaidLost);
      return facts.join(". ");
    },
    isWaiting: () => isWaiting,
  };
}

const sources: Readonly<Record<string, SourceName>> = { build: "builds", run: "runs" };

// A source that had not answered yet could not tell what was going on; one that is off tells nothing.
function isNews({ connection }: ActivityState, { kind }: BackendJob): boolean {
  const source = sources[kind];
  if (source === undefined) return true;
  const { status } = connection[source];
  return status === "live" || status === "lost";
}
