import type { ActivityState } from "../../store/activityStore.ts";
import { hasLasted, lostGraceMs } from "../../store/elapsed.ts";
import { selectDoubtSince, selectIsUnknown, sourcesIn } from "../../store/selectors.ts";
import type { FailedAction, JobActionRunner } from "../jobActions.ts";
import type { IndicatorLabels } from "../labels.ts";
import { createJobTopic } from "./jobs.ts";
import { createRequestTopic } from "./requests.ts";

/** How many announcements one text has at most; of more it gives only the number. */
const maxAnnouncements = 5;

/** One matter that is announced: it knows what of it was announced already. */
interface Topic {
  /** Judges a change when it happens: what led to it may be over by the next call of `announce`. */
  follow?: (before: ActivityState, after: ActivityState) => void;
  /** The announcements since the last call; `now` is client time, epoch ms. */
  announce: (state: ActivityState, labels: IndicatorLabels, now: number) => string[];
  /** Whether there may be one later although the state does not change. */
  isWaiting: () => boolean;
}

/** Gathers, step by step, what one live region has not announced yet. */
export interface Announcer {
  /** Takes note of a change of the state. */
  follow: (state: ActivityState) => void;
  /** The announcements since the last call as sentences; `now` is client time, epoch ms. */
  gather: (state: ActivityState, labels: IndicatorLabels, now: number) => string[];
  /** Whether there may be one later although the state does not change. */
  isWaiting: () => boolean;
}

/**
 * Creates the announcer of one live region. It announces each start and each end once, and no
 * progress; nothing that is in the state it begins with, or in a source's first answer.
 */
export function createAnnouncer(initial: ActivityState, runner: JobActionRunner): Announcer {
  // The most important first: where there are too many announcements, the last ones are left out.
  const topics: readonly Topic[] = [
    createConnectionTopic(),
    createActionTopic(runner),
    createJobTopic(initial),
    createRequestTopic(),
  ];
  let last = initial;

  function follow(state: ActivityState): void {
    for (const topic of topics) topic.follow?.(last, state);
    last = state;
  }

  return {
    follow,
    gather(state, labels, now) {
      if (state !== last) follow(state);
      // A host may leave a matter out by an empty label.
      const all = topics.flatMap((topic) => topic.announce(state, labels, now)).filter(isText);
      const rest = all.length - maxAnnouncements;
      const more = rest > 0 ? [labels.saidMore(rest)] : [];
      return [...all.slice(0, maxAnnouncements), ...more].filter(isText).map(labels.sentence);
    },
    isWaiting: () => topics.some((topic) => topic.isWaiting()),
  };
}

function isText(announcement: string): boolean {
  return announcement.trim() !== "";
}

/** Creates the topic of what is known: that it is lost, or not known yet, if that lasts, and back. */
function createConnectionTopic(): Topic {
  let doubtSince: number | undefined;
  let hasSaid = false;

  return {
    announce(state, { notKnown, saidLost, saidRestored }, now) {
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

/** Creates the topic of actions that failed: the row that shows it may be out of sight by then. */
function createActionTopic({ failures }: JobActionRunner): Topic {
  let said: readonly FailedAction[] = failures();

  return {
    announce(_, { title, refused, saidRefused }) {
      const unsaid = failures().filter((failure) => !said.includes(failure));
      said = failures();
      return unsaid.map(({ job, action, error }) =>
        saidRefused(title(job), refused(action, error)),
      );
    },
    isWaiting: () => false,
  };
}
