import { displayText } from "../jobs/payload.ts";
import { expectText, hostFunction } from "../store/hostCode.ts";
import type { BackendJob, EndedJob } from "../store/entries.ts";
import { type ChipLabels, defaultChipLabels } from "../store/selectors.ts";

/** What an action on a job is called: by its host, and on its button. */
export interface ActionName {
  readonly name: string;
  readonly label: string;
}

/** Every text of the indicator, so that a host can give it in another language. */
export interface IndicatorLabels extends ChipLabels {
  /** What a job is, in the list: "Build · storefront". */
  title: (job: BackendJob | EndedJob) => string;
  /** How an active job stands, in the list. */
  status: (job: BackendJob) => string;
  /** How a job ended, in the list. */
  outcome: (job: EndedJob) => string;
  /** A request in flight, in the list. */
  requestStatus: string;
  /** That a request which took long is over, where it is said aloud: nobody knows how it went. */
  requestDone: string;
  /** The sign for failures that nobody has looked at. */
  failed: (count: number) => string;
  /** Marks what is shown as not kept true any more. */
  lastKnown: string;
  listTitle: string;
  running: string;
  queued: string;
  recent: string;
  nothing: string;
  /** Shows more rows of a section; `count` are left. */
  more: (count: number) => string;
  clearFinished: string;
  stop: string;
  retry: string;
  dismiss: string;
  /** An action on a job while it is under way: "Stopping Server · storefront". */
  acting: (action: ActionName, title: string) => string;
  /** In place of the status after an action on the job has failed. */
  refused: (action: ActionName, error: string) => string;
  /** The name of a button that acts on one job: "Stop Server · storefront". */
  actOn: (action: string, title: string) => string;
  live: string;
  connecting: string;
  /** A source is lost; `errors` is empty where nobody knows why. */
  lost: (errors: string) => string;
  off: string;
  /** Said once when a job begins to wait for its turn. */
  saidQueued: (what: string) => string;
  /** Said once when something begins. */
  saidStarted: (what: string) => string;
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
  title: ({ kind, noun, title, id, label }) =>
    noun === undefined
      ? (label ?? `${kind} · ${displayText(id)}`)
      : `${noun} · ${title ?? displayText(id)}`,
  status: ({ word }) => word,
  outcome: ({ word, error }) => (error === undefined ? word : `${word}: ${error}`),
  requestStatus: "request sent",
  requestDone: "ended",
  failed: (count) => `${count} failed`,
  lastKnown: "last known",
  listTitle: "Activity",
  running: "Running",
  queued: "Queued",
  recent: "Recent",
  nothing: "Nothing is going on.",
  more: (count) => `${count} more`,
  clearFinished: "Clear finished",
  stop: "Stop",
  retry: "Retry",
  dismiss: "Dismiss",
  acting: ({ name, label }, title) => `${participles[name] ?? label} ${title}`,
  refused: ({ label }, error) => `could not ${label.toLowerCase()}: ${error}`,
  actOn: (action, title) => `${action} ${title}`,
  live: "Live",
  connecting: "Connecting…",
  lost: (errors) => `Last known. ${errors}`.trim(),
  off: "Not connected: requests only",
  saidQueued: (what) => `${what} queued`,
  saidStarted: (what) => `${what} started`,
  saidEnded: (what, how) => `${what} ${how}`,
  saidRefused: (what, how) => `${what}: ${how}`,
  saidGone: (what) => `${what} is gone`,
  saidBack: (what) => `${what} is back`,
  saidMore: (count) => `And ${count} more`,
  saidLost: "Connection lost. What is shown is last known.",
  saidRestored: "Connection restored.",
  sentence: (fact) => (/[.!?…。]$/u.test(fact) ? fact : `${fact}.`),
  pageTitle: (state, title) => `${state} · ${title}`,
};

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
      () => expectText(path, read() ?? fallback),
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
