// The seven rules of the design, each as an invariant of its own. They are looked at after every
// step, with what was shown before it, what is shown after it and what was heard in it.
import type { ActivityState } from "../../../src/store/activityStore.ts";
import type { BackendJob } from "../../../src/store/entries.ts";
import { type Evidence, keyOf } from "./evidence.ts";
import type { Known, Ledger } from "./ledger.ts";
import { difference, must, sameEvidence, sameJobs, shown, sourcesOf } from "./must.ts";
import { isActiveStatus, labelOf, progress, type Telling, toKind } from "./server.ts";

/** One step, as the rules look at it. */
export interface Moment {
  readonly before: ActivityState;
  readonly after: ActivityState;
  readonly evidence: Evidence;
  /** What the evidence says by now. */
  readonly ledger: Ledger;
  /** What it said before a hint or a list. */
  readonly earlier: ReadonlyMap<string, Known>;
  /** Updates that were gathered until this step, and written before what it brought. */
  readonly flushed: readonly Telling[];
  /** Whether a sync runs. */
  readonly isRunning: boolean;
  /** Whether a connection that still stands has brought an event. */
  readonly isStreamHeard: boolean;
  /** Whether the connection of now has to last before it is believed; and before this step. */
  readonly isDoubted: boolean;
  readonly wasDoubted: boolean;
}

type Rule = (moment: Moment) => void;

const rules: readonly Rule[] = [
  hintsOnlyAddOrMoveForward,
  aSnapshotReplacesItsKind,
  lateIsDropped,
  goneIsNotFinished,
  notKnowingIsSaid,
  badInputIsDroppedAlone,
  stopIsFinal,
  theStoreSaysWhatTheEvidenceSays,
];

/** @throws BrokenRule with the name of the first rule that does not hold */
export function checkRules(moment: Moment): void {
  for (const rule of rules) rule(moment);
}

function hintsOnlyAddOrMoveForward({ before, after, evidence, earlier }: Moment): void {
  if (evidence.type !== "hint") return;
  const { job } = evidence;
  const key = keyOf(job);
  const [was, is] = [shown(before, key), shown(after, key)];
  const rule = `rule 1 (a hint) ${key}`;
  if (earlier.get(key)?.state === "finished") {
    must(is === undefined, rule, () => `finished, and revived as ${is?.status}`);
    return;
  }
  if (!isActiveStatus(job.kind, job.status)) {
    must(is === undefined, rule, () => `shown as ${is?.status} though the answer says it ended`);
    return;
  }
  must(is !== undefined, rule, () => `not shown though the answer says ${job.status}`);
  const atLeast = Math.max(progress(job.kind, job.status), was ? progressOf(was) : -1);
  must(is !== undefined && progressOf(is) >= atLeast, rule, () => {
    return `is ${is?.status}; was ${was?.status}, the answer says ${job.status}`;
  });
}

function aSnapshotReplacesItsKind({ after, evidence, earlier }: Moment): void {
  if (evidence.type !== "snapshot") return;
  const { kind, jobs, askedAt } = evidence;
  const listed = new Map(jobs.map((job) => [keyOf(job), job]));
  for (const [key, it] of earlier) {
    if (it.job.kind !== kind || it.state === "unsure" || listed.has(key)) continue;
    const isTouched = it.state === "active" && it.touchedAt > askedAt;
    if (isTouched) {
      must(shown(after, key) !== undefined, rule2(key), () => "touched since, and gone");
    } else if (it.heardAt < askedAt) {
      must(shown(after, key) === undefined, rule2(key), () => "not listed, and still there");
    }
  }
  for (const [key, job] of listed) mustBeAsListed(rule2(key), key, job);

  function mustBeAsListed(name: string, key: string, job: Telling): void {
    const it = earlier.get(key);
    const isTouched = it !== undefined && it.heardAt > askedAt;
    const isNew = !isTouched && isActiveStatus(job.kind, job.status);
    const status = shown(after, key)?.status;
    if (isNew) must(status === job.status, name, () => `listed as ${job.status}, is ${status}`);
    if (!isActiveStatus(job.kind, job.status))
      must(status === undefined, name, () => `listed as ${job.status}, and shown as ${status}`);
  }
}

function rule2(key: string): string {
  return `rule 2 (a snapshot replaces its kind) ${key}`;
}

function lateIsDropped({ before, after, evidence, flushed }: Moment): void {
  const rule = "rule 3 (late is dropped)";
  const words = () => `what came late has changed ${difference(before, after)}`;
  if (evidence.type === "late") must(sameEvidence(before, after), rule, words);
  // With it comes what was gathered until then.
  if (evidence.type === "outdated" && flushed.length === 0)
    must(sameJobs(before, after), rule, words);
}

function goneIsNotFinished({ after, evidence, earlier }: Moment): void {
  if (evidence.type !== "snapshot" && evidence.type !== "hint") return;
  const jobs = evidence.type === "hint" ? [evidence.job] : evidence.jobs;
  for (const job of jobs) {
    const key = keyOf(job);
    if (earlier.get(key)?.state !== "gone") continue;
    const isBack = shown(after, key) !== undefined;
    const rule = `rule 4 (gone is not finished) ${key}`;
    must(isBack === isActiveStatus(job.kind, job.status), rule, () => {
      return `was gone and is told of as ${job.status}; it is ${isBack ? "" : "not "}back`;
    });
  }
}

function notKnowingIsSaid(moment: Moment): void {
  const { before, after, evidence, isRunning, isStreamHeard, isDoubted, wasDoubted } = moment;
  if (!isRunning) return;
  const rule = "rule 5 (not knowing is said)";
  const { runs } = sourcesOf(after);
  if (runs.status === "live") must(isStreamHeard, rule, () => "runs are live without a stream");
  if (evidence.type === "failure") {
    const { status } = sourcesOf(after)[evidence.source];
    must(status === "lost", rule, () => `${evidence.source} failed and are ${status}`);
    must(before.backendJobs === after.backendJobs, rule, () => {
      return `the failure has changed ${difference(before, after)}`;
    });
  }
  const isUpdate = evidence.type === "update" && evidence.job.kind === "run";
  const isStreamWord = isUpdate || evidence.type === "malformed";
  const isRunsWord = isStreamWord || (evidence.type === "snapshot" && evidence.kind === "run");
  const wasLost = sourcesOf(before).runs.status === "lost";
  const hasProvenItself = wasDoubted && !isDoubted;
  if (wasLost && !isRunsWord && !hasProvenItself)
    must(runs.status === "lost", rule, () => `runs went from lost to ${runs.status} on their own`);
  const expected = isDoubted ? "lost" : "live";
  if (isRunsWord)
    must(runs.status === expected, rule, () => `runs are ${runs.status} after an event`);
}

function badInputIsDroppedAlone({ before, after, evidence }: Moment): void {
  if (evidence.type !== "malformed") return;
  must(before.backendJobs === after.backendJobs, "rule 6 (bad input is dropped alone)", () => {
    return `something malformed has changed ${difference(before, after)}`;
  });
}

function stopIsFinal({ before, after, isRunning }: Moment): void {
  if (isRunning) return;
  const rule = "rule 7 (stop is final)";
  const { runs, builds, deploys } = sourcesOf(after);
  must(
    `${runs.status} ${builds.status} ${deploys.status}` === "off off off",
    rule,
    () => `${runs.status} after stop`,
  );
  const keys = [...Object.keys(after.backendJobs), ...Object.keys(after.endedJobs)];
  must(keys.length === 0, rule, () => `${keys.join()} left after stop`);
  if (sourcesOf(before).runs.status === "off")
    must(sameEvidence(before, after), rule, () => `written: ${difference(before, after)}`);
}

function theStoreSaysWhatTheEvidenceSays({ after, ledger, isRunning }: Moment): void {
  if (!isRunning) return;
  const rule = "evidence";
  for (const [key, { state, job }] of ledger.entries()) {
    if (state === "unsure") continue;
    const expected = state === "active" ? `${job.status} "${labelOf(job)}"` : "not shown";
    const is = shown(after, key);
    const got = is ? `${is.status} "${is.label}"` : "not shown";
    must(got === expected, rule, () => `${key} must be ${expected} (${state}); is ${got}`);
  }
  for (const key of Object.keys(after.backendJobs))
    must(ledger.get(key) !== undefined, rule, () => `nobody told of ${key}`);
}

function progressOf({ kind, status }: BackendJob): number {
  return progress(toKind(kind), status);
}
