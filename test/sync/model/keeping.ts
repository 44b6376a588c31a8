// What must hold at every moment, whatever was heard last.
import { must, sourcesOf } from "./must.ts";
import type { Session, World } from "./world.ts";

/** Silence, the next look at the clock, and the time-out of the connection that takes its place. */
const longestQuietMs = 60_000 + 5_000 + 15_000;
/** The pause between two polls while hidden, and the time-out of the second. */
const longestUnpolledMs = 60_000 + 10_000;

/** @throws BrokenRule unless exactly the user's own requests are shown */
export function checkRequests({ store, user }: World): void {
  const { requestActions } = store.getState();
  const told = Object.values(requestActions).map(({ key, label }) => `${key} ${label}`);
  const expected = [...user.labels].map(([key, label]) => `${key} ${label}`);
  must(told.toSorted().join() === expected.toSorted().join(), "requests", () => {
    return `must be ${expected.join()}; are ${told.join()}`;
  });
}

/**
 * @throws BrokenRule if a source looks live though it was last heard of, in virtual time, so long
 *   ago that it must have been given up
 */
export function checkLiveness(
  { environment, store }: World,
  heardMs: { readonly runs: number; readonly builds: number },
  canHang: boolean,
): void {
  const { runs, builds } = sourcesOf(store.getState());
  const rule = "rule 5 (not knowing is said)";
  const quietMs = environment.elapsed() - heardMs.runs;
  const looksLive = runs.status === "live" && quietMs > longestQuietMs;
  must(!looksLive, rule, () => `runs are live after ${quietMs} ms of silence`);
  const unpolledMs = environment.elapsed() - heardMs.builds;
  const looksPolled = builds.status === "live" && unpolledMs > longestUnpolledMs;
  must(!looksPolled || canHang, rule, () => `builds are live, unasked for ${unpolledMs} ms`);
}

/** @throws BrokenRule if anything is still open that the sync has opened */
export function checkNothingIsOpen(world: World, canHang: boolean): void {
  const rule = "rule 7 (stop is final)";
  const counts = world.environment.open();
  // A request that cannot be aborted stays, and its time-out with it.
  const hanging = canHang ? counts.requests : 0;
  const { timers, requests, sources, wakeListeners } = counts;
  const isAll = timers <= hanging && requests <= hanging && sources + wakeListeners === 0;
  must(isAll, rule, () => `open after stop: ${JSON.stringify(counts)}`);
  const isAborted = world.environment.requests.every((request) => request.isAborted());
  must(isAborted, rule, () => "a request was not aborted");
  must(world.hintListeners() === 0, rule, () => "it still listens for hints");
}

/** @throws BrokenRule if the host was told something twice, or not that its session has ended */
export function checkSession(session: Session | undefined): void {
  const { isRefused = false, isOver = true, unauthorized = 0, problems = [] } = session ?? {};
  const rule = "onUnauthorized";
  must(unauthorized === (isRefused ? 1 : 0), rule, () => `called ${unauthorized} times`);
  must(!isRefused || isOver, rule, () => "the sync goes on");
  const causes = new Set(problems.map(({ problem }) => problem));
  must(causes.size === problems.length, "rule 6 (reported once per cause)", () =>
    problems.map(({ message }) => message).join("; "),
  );
}

/** @throws BrokenRule unless the host was told of these fields, and of no others */
export function checkComplaints(
  session: Session | undefined,
  expectedFields: ReadonlySet<string>,
): void {
  const rule = "rule 6 (bad input is reported)";
  const fields = new Set(session?.problems.map(({ problem }) => problem.split(": ")[0] ?? ""));
  const missing = [...expectedFields].filter((field) => !fields.has(field));
  must(missing.length === 0, rule, () => `nothing was said of ${missing.join()}`);
  const extra = [...fields].filter((field) => !expectedFields.has(field));
  must(extra.length === 0, rule, () => `complaints about ${extra.join()}`);
}
