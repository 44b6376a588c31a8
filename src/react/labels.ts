import type { Outcome, Phase } from "../jobs/job.ts";
import { displayText } from "../jobs/payload.ts";
import { expectText, hostFunction } from "../store/hostCode.ts";
import type { BackendJob, EndedJob } from "../store/entries.ts";
import { type ChipLabels, defaultChipLabels, toSentence } from "../store/selectors.ts";

/** What an action on a job is called: by its host, and on its button. */
export interface ActionName {
  readonly name: string;
  readonly label: string;
}

/** Every text of the indicator, so that a host can give it in another language. */
export interface IndicatorLabels extends ChipLabels {
  /** The language in which times are written and said, a BCP 47 tag. */
  locale: string;
  /** What a job is, in the list: "Build · storefront". */
  title: (job: BackendJob | EndedJob) => string;
  /** How an active job stands, in the list. */
  status: (job: BackendJob) => string;
  /** How a job ended, in the list. */
  outcome: (job: EndedJob) => string;
  /** How long an ended job took: "in 1:04". Where it is said aloud, `time` is in words. */
  took: (state: Phase | Outcome, time: string) => string;
  /** How and how long ago a job ended: "failed 2 min ago". */
  endedAgo: (how: string, ago: string) => string;
  /** For how long something has been going on, where it is said aloud: "for 2 min 58 s". */
  ongoing: (time: string) => string;
  /** How far along a job is; `progress` is from 0 to 1. */
  progress: (progress: number) => string;
  /** Beside a job that takes more than twice as long as usual. */
  usually: (time: string) => string;
  /** The place of a job among those of its kind that wait for their turn, from 1 on. */
  place: (place: number) => string;
  /** That several ends of one job are one row, where it is said aloud. */
  repeated: (count: number) => string;
  /** A request in flight, where it is said aloud. */
  requestStatus: string;
  /** That a request which took long is over, where it is said aloud: nobody knows how it went. */
  requestDone: string;
  /** The sign for failures that nobody has looked at. */
  failed: (count: number) => string;
  /** The sign for jobs that wait for a person. */
  waiting: (count: number) => string;
  /** Marks what is shown as not kept true any more. */
  lastKnown: string;
  listTitle: string;
  needsYou: string;
  running: string;
  queued: string;
  recent: string;
  nothing: string;
  /** Under `nothing`, what the list is for. */
  nothingHint: string;
  /** Shows more rows of a section; `count` are left. */
  more: (count: number) => string;
  /** Shows the whole of a long text. */
  showAll: string;
  clearFinished: string;
  stop: string;
  retry: string;
  dismiss: string;
  /** An action on a job while it is under way: "Stopping Server · storefront". */
  acting: (action: ActionName, title: string) => string;
  /** Why an action on the job has failed. */
  refused: (action: ActionName, error: string) => string;
  /** The name of a button that acts on one job: "Stop Server · storefront". */
  actOn: (action: string, title: string) => string;
  /** Above the list while a source is lost; `since` is the time of day. */
  lost: (since: string) => string;
  /** The same where no answer has come so far. */
  noAnswer: string;
  /** Has the sources ask at once. */
  retryNow: string;
  /** In the list while no sync runs. Empty says nothing. */
  off: string;
  /** Said once when a job begins to wait for its turn. */
  saidQueued: (what: string) => string;
  /** Said once when something begins. */
  saidStarted: (what: string) => string;
  /** Said once when a job begins to wait for a person. */
  saidWaiting: (what: string) => string;
  /** Said once when something ends. */
  saidEnded: (what: string, how: string) => string;
  /** Said once when an action on something has failed. */
  saidRefused: (what: string, how: string) => string;
  /** Said once when something vanished and nobody knows how it ended. */
  saidGone: (what: string) => string;
  /** Said once when something that was said to be gone is there again. */
  saidBack: (what: string) => string;
  /** Said after the most important facts where there are too many to say them all. */
  saidMore: (count: number) => string;
  saidLost: string;
  saidRestored: string;
  /** A fact with what ends a sentence, where it has none. */
  sentence: (fact: string) => string;
  /** The title of a hidden page: the state, and the page's own title. */
  pageTitle: (state: string, title: string) => string;
}

const participles: Readonly<Record<string, string>> = { stop: "Stopping", retry: "Retrying" };

/** The labels of the feature's specification, in English. */
export const defaultLabels: IndicatorLabels = {
  ...defaultChipLabels,
  locale: "en",
  title: ({ kind, noun, title, id, label }) =>
    noun === undefined
      ? (label ?? `${kind} · ${displayText(id)}`)
      : `${noun} · ${title ?? displayText(id)}`,
  status: ({ word }) => word,
  outcome: ({ word }) => word,
  took: (state, time) => (state === "succeeded" ? `in ${time}` : `after ${time}`),
  endedAgo: (how, ago) => `${how} ${ago}`,
  ongoing: (time) => `for ${time}`,
  progress: (progress) => `${Math.floor(progress * 100)}%`,
  usually: (time) => `usually ${time}`,
  place: (place) => (place === 1 ? "next" : ordinal(place)),
  repeated: (count) => `${count} times`,
  requestStatus: "request sent",
  requestDone: "ended",
  failed: (count) => `${count} failed`,
  waiting: (count) => `${count} waiting`,
  lastKnown: "last known",
  listTitle: "Activity",
  needsYou: "Needs you",
  running: "Running",
  queued: "Queued",
  recent: "Recent",
  nothing: "Nothing is running",
  nothingHint: "What runs shows here.",
  more: (count) => `${count} more`,
  showAll: "Show all",
  clearFinished: "Clear",
  stop: "Stop",
  retry: "Retry",
  dismiss: "Dismiss",
  acting: ({ name, label }, title) => `${participles[name] ?? label} ${title}`,
  refused: ({ label }, error) => `Could not ${label.toLowerCase()}: ${error}`,
  actOn: (action, title) => `${action} ${title}`,
  lost: (since) => `Last known, from ${since}. Reconnecting…`,
  noAnswer: "No answer so far. Reconnecting…",
  retryNow: "Retry now",
  off: "Sign in to see what runs on the server",
  saidQueued: (what) => `${what} queued`,
  saidStarted: (what) => `${what} started`,
  saidWaiting: (what) => `${what} waits for you`,
  saidEnded: (what, how) => `${what} ${how}`,
  saidRefused: (what, how) => `${what}: ${how}`,
  saidGone: (what) => `${what} ended, result unknown`,
  saidBack: (what) => `${what} is back`,
  saidMore: (count) => `And ${count} more`,
  saidLost: "Connection lost. What is shown is last known.",
  saidRestored: "Connection restored.",
  sentence: toSentence,
  pageTitle: (state, title) => `${state} · ${title}`,
};

const suffixes: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = {
  one: "st",
  two: "nd",
  few: "rd",
};

function ordinal(place: number): string {
  const rule = new Intl.PluralRules("en", { type: "ordinal" }).select(place);
  return `${place}${suffixes[rule] ?? "th"}`;
}

/**
 * The default labels with a host's own in their place; one that is `undefined` is none. The default
 * one stands in for a label that throws or is no text, and that surfaces once.
 */
export function completeLabels(labels: Partial<IndicatorLabels> | undefined): IndicatorLabels {
  if (!labels) return defaultLabels;
  const complete = Object.entries(defaultLabels).map(([name, fallback]) => [
    name,
    completeLabel(labels, name, fallback),
  ]);
  return { ...defaultLabels, ...Object.fromEntries(complete) };
}

function completeLabel(
  labels: Partial<IndicatorLabels>,
  name: string,
  fallback: IndicatorLabels[keyof IndicatorLabels],
): unknown {
  const path = `labels.${name}`;
  const read = (): unknown => Reflect.get(labels, name);
  if (typeof fallback === "string") {
    return hostFunction(
      path,
      () => {
        const text = expectText(path, read() ?? fallback);
        // One that is no tag would throw wherever a time is written.
        if (name === "locale") Intl.getCanonicalLocales(text);
        return text;
      },
      () => fallback,
    )();
  }
  return hostFunction(
    path,
    (...parts: unknown[]) => {
      const given = read() ?? fallback;
      if (typeof given !== "function") throw new TypeError(`${path}: expected a function`);
      return expectText(path, Reflect.apply(given, labels, parts));
    },
    (...parts) => Reflect.apply(fallback, defaultLabels, parts),
  );
}
