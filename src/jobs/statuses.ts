import * as v from "valibot";
import { type Outcome, outcomes, type Phase, phases, titlePlace } from "./job.ts";
import {
  displayText,
  maxDisplayLength,
  parseAs,
  PayloadError,
  readBy,
  reporting,
  type ReportProblem,
} from "./payload.ts";

/** What a label is made of. */
export interface LabelFields {
  readonly id: string;
  readonly title: string | undefined;
  readonly message: string | undefined;
  readonly progress: number | undefined;
}

/** What a status means: that the job is active, or how it ended. */
export type Status =
  | Phase
  | Outcome
  | {
      readonly phase: Phase;
      /** What the indicator says. @default "Noun word (title)", or "Noun word…" without a title */
      readonly label?: string | ((fields: LabelFields) => string);
      /** How it stands, in a word or two. @default the status, in small letters */
      readonly word?: string;
      /** Whether entering it makes the job the latest one again. @default false */
      readonly movesToFront?: boolean;
      readonly outcome?: never;
    }
  | {
      readonly outcome: Outcome;
      /** How it ended, in a word or two. @default the outcome */
      readonly word?: string;
      // A compiler that knows nothing of these would let them stand beside an outcome.
      readonly phase?: never;
      readonly label?: never;
      readonly movesToFront?: never;
    };

/** What the table says of one status. */
type Standing =
  | {
      readonly phase: Phase;
      readonly word: string;
      readonly rank: number;
      readonly movesToFront: boolean;
      readonly label: string | ((fields: LabelFields) => string) | undefined;
    }
  | { readonly outcome: Outcome; readonly word: string };

/** What the statuses of a kind mean. Whoever reports hears of one that is not in the table. */
export type StatusTable = (status: string, isOver: boolean, report: ReportProblem) => Standing;

/**
 * Reads the table of a kind. What is not in it means `unknownStatus`, save that a job that is over
 * has ended.
 *
 * @throws TypeError that names a status that means nothing
 */
export function createStatusTable(
  kind: string,
  statuses: Readonly<Record<string, Status>>,
  unknownStatus: Phase | Outcome,
): StatusTable {
  const oneOf = `one of ${[...phases, ...outcomes].join(", ")}`;
  const orObject = `${oneOf}, or an object with a phase or an outcome of those`;
  for (const [status, meaning] of Object.entries(statuses))
    if (!isMeaning(meaning)) refuse(`status "${status}" of "${kind}"`, orObject, meaning);
  if (!isPhase(unknownStatus) && !isOutcome(unknownStatus))
    refuse(`unknownStatus of "${kind}"`, oneOf, unknownStatus);
  const standings = readTable(statuses);
  const known = [...standings.keys()].map((status) => JSON.stringify(status)).join(", ");

  return (status, isOver, report) => {
    const standing = standings.get(status);
    if (standing) return standing;
    report(new PayloadError(`${kind}.status`, known, status));
    const meaning = isOver && isPhase(unknownStatus) ? "ended" : unknownStatus;
    return toStanding(meaning, status, 0);
  };
}

function refuse(what: string, expected: string, got: unknown): never {
  throw new TypeError(`defineJobKind: ${what} must be ${expected}; got ${JSON.stringify(got)}`);
}

function isMeaning(value: unknown): boolean {
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

// Going into and out of waiting is no step back: it has the rank of the status before it.
function readTable(statuses: Readonly<Record<string, Status>>): ReadonlyMap<string, Standing> {
  let rank = 0;
  let isFirst = true;
  return new Map(
    Object.entries(statuses).map(([status, meaning]): [string, Standing] => {
      const standing = toStanding(meaning, status, rank);
      if (!("phase" in standing)) return [status, standing];
      if (!isFirst && standing.phase !== "waiting") rank += 1;
      isFirst = false;
      return [status, { ...standing, rank }];
    }),
  );
}

function toStanding(meaning: Status, status: string, rank: number): Standing {
  const inWords = status.replaceAll(/[_-]+/g, " ").toLowerCase();
  if (isPhase(meaning)) return toStanding({ phase: meaning }, status, rank);
  if (isOutcome(meaning)) return toStanding({ outcome: meaning }, status, rank);
  if ("outcome" in meaning) {
    // Where nobody knows how it ended, the server's own word says most.
    const word = meaning.outcome === "ended" ? inWords : meaning.outcome;
    return { outcome: meaning.outcome, word: meaning.word ?? word };
  }
  const { phase, word = inWords, movesToFront = false, label } = meaning;
  return { phase, word, rank, movesToFront, label };
}

/** What the indicator says of a job of a kind; a label that throws is reported, and not used. */
export function sayLabel(
  name: string,
  noun: string,
  { label, word }: Extract<Standing, { readonly phase: Phase }>,
  fields: LabelFields,
  report: ReportProblem,
): string {
  const usual =
    fields.title === undefined ? `${noun} ${word}…` : `${noun} ${word} (${fields.title})`;
  if (typeof label !== "function") return label ?? usual;
  const field = `${name}.label`;
  const say = () =>
    parseAs(
      v.string("a string"),
      field,
      readBy(field, "a label that can be made", () => label(fields)),
    );
  const own = reporting(say, report);
  // Its parts are clean, save what the host's own code puts between them.
  return own === undefined ? usual : fields.title === titlePlace ? own : sentence(own);
}

function sentence(text: string): string {
  return displayText(text, 2 * maxDisplayLength);
}
