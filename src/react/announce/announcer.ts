import type { ActivityState } from "../../store/activityStore.ts";
import type { IndicatorLabels } from "../labels.ts";
import type { StopRequests } from "../list/jobActions.ts";
import { createJobTeller } from "./jobs.ts";
import { createRequestTeller } from "./requests.ts";
import { selectDoubtSince, selectIsUnknown, sourcesIn } from "../../store/selectors.ts";
import { hasLasted, lostGraceMs } from "../../store/elapsed.ts";

/** How many facts one message has at most; of more it tells only the number. */
const maxFacts = 5;

/** Tells of one matter what has not been told yet. */
export interface Teller {
  /** Judges a change when it happens: what led to it may be over by the next call of `tell`. */
  follow?: (before: ActivityState, after: ActivityState) => void;
  /** The facts since the last call; `now` is client time, epoch ms. */
  tell: (state: ActivityState, labels: IndicatorLabels, now: number) => string[];
  /** Whether the time alone may give it something to tell. */
  isWaiting: () => boolean;
}

/** Tells, step by step, what a listener has not heard yet. */
export interface Announcer {
  /** Takes note of a change of the state. */
  follow: (state: ActivityState) => void;
  /**
   * The facts since the last call in one text, without the sentences that `isHeard` knows; empty if
   * there are none.
   */
  gather: (
    state: ActivityState,
    labels: IndicatorLabels,
    now: number,
    isHeard?: (sentence: string) => boolean,
  ) => string;
  /** Whether there may be something to say later although the state does not change. */
  isWaiting: () => boolean;
}

/**
 * Creates the announcer of one listener: each fact once, starts and ends and no progress. What is
 * there already in the state that it begins with, or in a source's first answer, is not news.
 */
export function createAnnouncer(initial: ActivityState, stops: StopRequests): Announcer {
  // The most important first: where there are too many facts, the last ones are not said.
  const tellers: readonly Teller[] = [
    createConnectionTeller(),
    createStopTeller(stops),
    createJobTeller(initial),
    createRequestTeller(),
  ];
  let last = initial;

  function follow(state: ActivityState): void {
    for (const teller of tellers) teller.follow?.(last, state);
    last = state;
  }

  return {
    follow,
    gather(state, labels, now, isHeard = () => false) {
      if (state !== last) follow(state);
      // A host may say nothing of a matter by an empty word.
      const facts = tellers.flatMap((teller) => teller.tell(state, labels, now)).filter(isSaid);
      const rest = facts.length - maxFacts;
      const more = rest > 0 ? [labels.saidMore(rest)] : [];
      const sentences = [...facts.slice(0, maxFacts), ...more].filter(isSaid).map(labels.sentence);
      return sentences.filter((sentence) => !isHeard(sentence)).join(" ");
    },
    isWaiting: () => tellers.some((teller) => teller.isWaiting()),
  };
}

function isSaid(fact: string): boolean {
  return fact.trim() !== "";
}

/**
 * Creates what tells that the connection is lost, or that nothing is known yet, if that lasts, and
 * then that all is well.
 */
function createConnectionTeller(): Teller {
  let doubtSince: number | undefined;
  let hasSaid = false;

  return {
    tell(state, { notKnown, saidLost, saidRestored }, now) {
      doubtSince = selectDoubtSince(state);
      if (doubtSince === undefined) {
        const isRestored = hasSaid && sourcesIn(state.connection).length > 0;
        hasSaid = false;
        return isRestored ? [saidRestored] : [];
      }
      if (hasSaid || !hasLasted(doubtSince, now, lostGraceMs)) return [];
      hasSaid = true;
      return [selectIsUnknown(state) ? notKnown : saidLost];
    },
    isWaiting: () => doubtSince !== undefined && !hasSaid,
  };
}

/** Creates what tells that a job could not be stopped: its row may be out of sight by then. */
function createStopTeller(stops: StopRequests): Teller {
  const said = new Set(stops.failures());

  return {
    tell(_, { title, saidEnded, notStopped }) {
      const failures = stops.failures();
      const unsaid = failures.filter((failure) => !said.has(failure));
      said.clear();
      for (const failure of failures) said.add(failure);
      return unsaid.map(({ job, error }) => saidEnded(title(job), notStopped(error)));
    },
    isWaiting: () => false,
  };
}
