import * as fc from "fast-check";

/** The same schedules on every run, unless `FC_SEED` says otherwise. */
const seed = Number(process.env["FC_SEED"] ?? 20_260_105);
/** How many schedules all properties of the model go through together. */
const allRuns = Number(process.env["FC_RUNS"] ?? 3_000);
/** One schedule of those, as a failure has printed it. */
const path = process.env["FC_PATH"];

/** How many schedules a property goes through that has so much of them all, in percent. */
export function runsOf(percent: number): number {
  return Math.ceil((allRuns * percent) / 100);
}

/**
 * Has `run` go through so much of all schedules, `examples` first, and gives how many those were.
 * With `FC_PATH` it is the one that is to be looked at again.
 *
 * Rejects with the seed, the path and the shortest schedule that fails.
 */
export async function checkSchedules<Schedule extends [unknown, ...unknown[]]>(
  percent: number,
  schedule: { readonly [Part in keyof Schedule]: fc.Arbitrary<Schedule[Part]> },
  run: (...parts: Schedule) => Promise<void>,
  examples: Schedule[] = [],
): Promise<number> {
  const numRuns = runsOf(percent);
  let count = 0;
  const property = fc.asyncProperty(...schedule, (...parts) => {
    count += 1;
    return run(...parts);
  });
  const replay = path === undefined ? { examples } : { path };
  await fc.assert(property, { numRuns, seed, ...replay });
  return path === undefined ? count : numRuns;
}
