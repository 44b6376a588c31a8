// What the design says of places, and what the selectors must make of them.
import type { ActivityState } from "../../../src/store/activityStore.ts";
import {
  selectActiveCount,
  selectBadge,
  selectLabel,
  selectLatestAction,
} from "../../../src/store/selectors.ts";
import { keyOf } from "./evidence.ts";
import { must, shown } from "./must.ts";
import type { Moment } from "./rules.ts";
import { isActiveStatus, toKind } from "./server.ts";

/** @throws BrokenRule if an action stands where it must not */
export function checkOrder(moment: Moment): void {
  keepsItsPlace(moment);
  comesInByServerStart(moment);
  saysTheLatest(moment.after);
}

function keepsItsPlace({ before, after, flushed }: Moment): void {
  const highest = Math.max(0, ...orders(before));
  for (const [key, is] of Object.entries(after.backendJobs)) {
    const was = shown(before, key);
    if (was === is) continue;
    const gathered = flushed.filter((job) => keyOf(job) === key).map(({ status }) => status);
    const statuses = [was?.status, ...gathered, is.status];
    const words = () => `${key} went ${statuses.join(", ")} from ${was?.order} to ${is.order}`;
    if (isInsertedAnew(is.kind, statuses)) must(is.order > highest, "place", words);
    else must(is.order === was?.order, "place", words);
  }
}

// It was not there, or it entered `stopping`.
function isInsertedAnew(kind: string, statuses: ReadonlyArray<string | undefined>): boolean {
  return statuses.some((status, position) => {
    const last = statuses[position - 1];
    const wasShown = last !== undefined && isActiveStatus(toKind(kind), last);
    return position > 0 && (!wasShown || (status === "stopping" && last !== "stopping"));
  });
}

function comesInByServerStart({ before, after, evidence, flushed }: Moment): void {
  if (evidence.type !== "snapshot") return;
  const gathered = new Set(flushed.map(keyOf));
  const starts = evidence.jobs
    .filter((job) => !shown(before, keyOf(job)) && !gathered.has(keyOf(job)))
    .flatMap((job) => {
      const is = shown(after, keyOf(job));
      return is ? [{ key: is.key, startAt: job.startAt, order: is.order }] : [];
    })
    .toSorted((a, b) => a.order - b.order);
  for (const [position, { key, startAt }] of starts.entries()) {
    const next = starts[position + 1];
    must(!next || next.startAt >= startAt, "place", () => `${key} stands before ${next?.key}`);
  }
}

function saysTheLatest(state: ActivityState): void {
  const actions = [...Object.values(state.requestActions), ...Object.values(state.backendJobs)];
  let latest = actions[0];
  for (const action of actions) if (latest && action.order > latest.order) latest = action;
  must(selectLatestAction(state) === latest, "selectors", () => "the latest is not the latest");
  const label = latest?.label ?? (isKnown(state) ? "Idle" : "Checking…");
  must(selectLabel(state) === label, "selectors", () => selectLabel(state));
  const count = actions.length - pairs(state);
  must(selectActiveCount(state) === count, "selectors", () => "the count");
  const badge = count > 1 ? `+${count - 1}` : undefined;
  must(selectBadge(state) === badge, "selectors", () => `the badge is ${selectBadge(state)}`);
  must(new Set(orders(state)).size === actions.length, "place", () => "two have one order");
}

function isKnown({ connection }: ActivityState): boolean {
  return Object.values(connection).every(({ hasAnswered }) => hasAnswered);
}

// Every request of the model's asks for a job: one that began after it counts as one with it.
function pairs({ requestActions, backendJobs }: ActivityState): number {
  const free = new Set(Object.values(backendJobs).toSorted((a, b) => a.order - b.order));
  const paired = Object.values(requestActions).filter(({ order, notAbout }) => {
    const own = [...free].find(
      (job) => job.order > order && job.status !== "stopping" && !notAbout?.includes(job.key),
    );
    return own !== undefined && free.delete(own);
  });
  return paired.length;
}

function orders({ requestActions, backendJobs }: ActivityState): number[] {
  return [...Object.values(requestActions), ...Object.values(backendJobs)].map(
    ({ order }) => order,
  );
}
