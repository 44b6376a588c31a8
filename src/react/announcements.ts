import { findOutcome } from "../jobs/jobKinds.ts";
import type { ActivityState } from "../store/activityStore.ts";
import type { SourceName } from "../store/connection.ts";
import type { BackendJob } from "../store/jobEntries.ts";
import { paceOf, selectLostSince } from "../store/selectors.ts";
import type { IndicatorLabels } from "./labels.ts";

/** How long a request must be in flight, or a connection lost, before it is worth a word, in ms. */
const worthSayingMs = { request: 2_000, lost: 5_000 };

/** How many facts one message has at most; of more it tells only the number. */
const maxFacts = 5;

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
  const connection = createConnectionTeller(labels);
  const requests = createRequestTeller(labels);
  let heard = initial;

  return {
    gather(state, now) {
      const facts = [
        ...connection.tell(state, now),
        ...tellEnds(heard, state, labels),
        ...tellStarts(heard, state, labels),
        ...requests.tell(state, now),
      ];
      heard = state;
      const rest = facts.length - maxFacts;
      const more = rest > 0 ? [labels.saidMore(rest)] : [];
      return [...facts.slice(0, maxFacts), ...more].map(asSentence).join(" ");
    },
    isWaiting: () => connection.isWaiting() || requests.isWaiting(),
  };
}

/** Tells of one matter what has not been told yet. */
interface Teller {
  tell: (state: ActivityState, now: number) => string[];
  /** Whether the time alone may give it something to tell. */
  isWaiting: () => boolean;
}

function createConnectionTeller({ saidLost, saidRestored }: IndicatorLabels): Teller {
  let lostSince: number | undefined;
  let hasSaidLost = false;

  return {
    tell(state, now) {
      lostSince = selectLostSince(state);
      if (lostSince === undefined) {
        const isRestored = hasSaidLost && state.connection.runs.status !== "off";
        hasSaidLost = false;
        return isRestored ? [saidRestored] : [];
      }
      if (hasSaidLost || now - lostSince < worthSayingMs.lost) return [];
      hasSaidLost = true;
      return [saidLost];
    },
    isWaiting: () => lostSince !== undefined && !hasSaidLost,
  };
}

// A short request is no news: what it leads to is.
function createRequestTeller({ saidStarted, saidEnded, requestDone }: IndicatorLabels): Teller {
  const said = new Map<string, string>();
  let isAnyUnsaid = false;

  return {
    tell({ requestActions }, now) {
      const ended = [...said].filter(([key]) => !(key in requestActions));
      const unsaid = Object.values(requestActions).filter(({ key }) => !said.has(key));
      const started = unsaid.filter(({ startedAt }) => now - startedAt >= worthSayingMs.request);
      for (const [key] of ended) said.delete(key);
      for (const { key, label } of started) said.set(key, label);
      isAnyUnsaid = unsaid.length > started.length;
      return [
        ...ended.map(([, label]) => saidEnded(label, requestDone)),
        ...started.map(({ label }) => saidStarted(label)),
      ];
    },
    isWaiting: () => isAnyUnsaid,
  };
}

function tellStarts(
  heard: ActivityState,
  { backendJobs }: ActivityState,
  { title, saidQueued, saidStarted }: IndicatorLabels,
): string[] {
  return Object.values(backendJobs).flatMap((job) => {
    const before = heard.backendJobs[job.key];
    const isTold = before === undefined ? !isNews(heard, job) : isQueued(before) === isQueued(job);
    if (isTold) return [];
    return [isQueued(job) ? saidQueued(title(job)) : saidStarted(title(job))];
  });
}

function isQueued(job: BackendJob): boolean {
  return paceOf(job) === "queued";
}

// Failures first: where not all of it is said, those are.
function tellEnds(heard: ActivityState, state: ActivityState, labels: IndicatorLabels): string[] {
  const { title, outcome, saidEnded, saidGone } = labels;
  const ended = Object.values(state.endedJobs)
    .filter(({ key, seenActive }) => seenActive && heard.endedJobs[key]?.seenActive !== true)
    .filter((job) => job.key in heard.backendJobs || isNews(heard, job))
    .toSorted((a, b) => Number(hasFailed(b)) - Number(hasFailed(a)) || a.order - b.order)
    .map((job) => saidEnded(title(job), outcome(job)));
  const gone = Object.values(heard.backendJobs)
    .filter(({ key }) => !(key in state.backendJobs) && !(key in state.endedJobs))
    .filter((job) => isNews(state, job))
    .map((job) => saidGone(title(job)));
  return [...ended, ...gone];
}

function hasFailed({ kind, status }: { kind: string; status: string }): boolean {
  return findOutcome(kind, status) === "failed";
}

const sources: Readonly<Record<string, SourceName>> = { build: "builds", run: "runs" };

// A source that had not answered yet could not tell what was going on; one that is off tells nothing.
function isNews({ connection }: ActivityState, { kind }: { kind: string }): boolean {
  const source = sources[kind];
  if (source === undefined) return true;
  const { status } = connection[source];
  return status === "live" || status === "lost";
}

function asSentence(fact: string): string {
  return /[.!?…。]$/u.test(fact) ? fact : `${fact}.`;
}
