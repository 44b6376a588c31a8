import * as fc from "fast-check";

/** The same schedules on every run, unless `FC_SEED` says otherwise. */
const seed = Number(process.env["FC_SEED"] ?? 20_260_105);
/** One schedule of those, as a failure has printed it. */
const path = process.env["FC_PATH"];

/**
 * Has `run` go through `numRuns` schedules, `examples` first, and gives how many it went through.
 * With `FC_PATH` it is the one that is to be looked at again.
 *
 * Rejects with the seed, the path and the shortest schedule that fails.
 */
export async function checkSchedules<Schedule extends [unknown, ...unknown[]]>(
  numRuns: number,
  schedule: { readonly [Part in keyof Schedule]: fc.Arbitrary<Schedule[Part]> },
  run: (...parts: Schedule) => Promise<void>,
  examples: Schedule[] = [],
): Promise<number> {
  let count = 0;
  const property = fc.asyncProperty(...schedule, (...parts) => {
    count += 1;
    return run(...parts);
  });
  const replay = path === undefined ? { examples } : { path };
  await fc.assert(property, { numRuns, seed, ...replay });
  return path === undefined ? count : numRuns;
}
