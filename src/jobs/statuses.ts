import * as v from "valibot";
import { type Outcome, outcomes, type Phase, phases, titlePlace } from "./job.ts";
import {
  displayText,
  maxDisplayLength,
  parseAs,
  PayloadError,
  readBy,
  refuse,
  reporting,
  type ReportProblem,
} from "./payload.ts";

/** The fields of a job that a label can show. Texts are fit for display. */
export interface LabelFields {
  readonly id: string;
  readonly title: string | undefined;
  readonly message: string | undefined;
  /** From 0 to 1. */
  readonly progress: number | undefined;
}

/** What a status means: the phase of an active job, or the outcome of one that has ended. */
export type Status =
  | Phase
  | Outcome
  | {
      readonly phase: Phase;
      /**
       * What the indicator shows. Where a function throws, the default stands in and the exception
       * is reported. @default "Noun word (title)", or "Noun word…" without a title
       */
      readonly label?: string | ((fields: LabelFields) => string);
      /** The status for a person, in one or two words. @default the status, in small letters */
      readonly word?: string;
      /** Whether a job that enters this status becomes the latest one again. @default false */
      readonly movesToFront?: boolean;
      readonly outcome?: never;
    }
  | {
      readonly outcome: Outcome;
      /**
       * The end for a person, in one or two words. @default the outcome; of `ended` the status, in
       * small letters
       */
      readonly word?: string;
      // Named, so that the compiler refuses them beside an outcome.
      readonly phase?: never;
      readonly label?: never;
      readonly movesToFront?: never;
    };

/** A status of a kind's table with its defaults filled in. */
type Meaning =
  | {
      readonly phase: Phase;
      readonly word: string;
      readonly rank: number;
      readonly movesToFront: boolean;
      readonly label: string | ((fields: LabelFields) => string) | undefined;
    }
  | { readonly outcome: Outcome; readonly word: string };

/** Looks up what a status means. One that is not in the table goes to `report`. */
export type StatusTable = (status: string, isOver: boolean, report: ReportProblem) => Meaning;

/**
 * Creates the look-up of a kind. A status that is not in the table means `unknownStatus`; but a job
 * that is over has `ended`, even where an unknown status is said to be active.
 *
 * @throws TypeError that names a status without a meaning
 */
export function createStatusTable(
  kind: string,
  statuses: Readonly<Record<string, Status>>,
  unknownStatus: Phase | Outcome,
): StatusTable {
  const oneOf = `one of ${[...phases, ...outcomes].join(", ")}`;
  const orObject = `${oneOf}, or an object with a phase or an outcome of those`;
  for (const [status, meaning] of Object.entries(statuses))
    if (!isStatus(meaning))
      refuse("defineJobKind", `status "${status}" of "${kind}"`, orObject, meaning);
  if (!isPhase(unknownStatus) && !isOutcome(unknownStatus))
    refuse("defineJobKind", `unknownStatus of "${kind}"`, oneOf, unknownStatus);
  const meanings = readTable(statuses);
  const known = [...meanings.keys()].map((status) => JSON.stringify(status)).join(", ");

  return (status, isOver, report) => {
    const meaning = meanings.get(status);
    if (meaning) return meaning;
    report(new PayloadError(`${kind}.status`, known, status));
    return toMeaning(isOver && isPhase(unknownStatus) ? "ended" : unknownStatus, status, 0);
  };
}

function isStatus(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return isPhase(value) || isOutcome(value);
  const isActive = "phase" in value && isPhase(value.phase);
  return isActive !== ("outcome" in value && isOutcome(value.outcome));
}

function isPhase(value: unknown): value is Phase {
  return phases.some((phase) => phase === value);
}

function isOutcome(value: unknown): value is Outcome {
  return outcomes.some((outcome) => outcome === value);
}

// A waiting status shares the rank of the one before it, so that a hint may move a job both into it
// and out of it.
function readTable(statuses: Readonly<Record<string, Status>>): ReadonlyMap<string, Meaning> {
  let rank = 0;
  let isFirst = true;
  return new Map(
    Object.entries(statuses).map(([name, status]): [string, Meaning] => {
      const meaning = toMeaning(status, name, rank);
      if (!("phase" in meaning)) return [name, meaning];
      if (!isFirst && meaning.phase !== "waiting") rank += 1;
      isFirst = false;
      return [name, { ...meaning, rank }];
    }),
  );
}

function toMeaning(status: Status, name: string, rank: number): Meaning {
  const inSmallLetters = name.replaceAll(/[_-]+/g, " ").toLowerCase();
  if (isPhase(status)) return toMeaning({ phase: status }, name, rank);
  if (isOutcome(status)) return toMeaning({ outcome: status }, name, rank);
  if ("outcome" in status) {
    // To a person "cancelled" says more than "ended".
    const usual = status.outcome === "ended" ? inSmallLetters : status.outcome;
    return { outcome: status.outcome, word: status.word ?? usual };
  }
  const { phase, word = inSmallLetters, movesToFront = false, label } = status;
  return { phase, word, rank, movesToFront, label };
}

/** Makes the label of an active job. Where the kind's own function fails, the default stands in. */
export function makeLabel(
  name: string,
  noun: string,
  { label, word }: Extract<Meaning, { readonly phase: Phase }>,
  fields: LabelFields,
  report: ReportProblem,
): string {
  const usual =
    fields.title === undefined ? `${noun} ${word}…` : `${noun} ${word} (${fields.title})`;
  if (typeof label !== "function") return label ?? usual;
  const field = `${name}.label`;
  const make = () =>
    parseAs(
      v.string("a string"),
      field,
      readBy(field, "a label that can be made", () => label(fields)),
    );
  const own = reporting(make, report);
  if (own === undefined) return usual;
  // displayText would remove titlePlace, and with it the place where the known title belongs.
  return fields.title === titlePlace ? own : displayText(own, 2 * maxDisplayLength);
}
