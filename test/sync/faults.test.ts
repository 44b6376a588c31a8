import { afterAll, describe, expect, it, type TestContext, vi } from "vitest";
import { answers, good } from "../support/faults/behaviours.ts";
import { longestDelayMs } from "../support/faults/bounds.ts";
import { startPacedClock } from "../support/faults/clock.ts";
import { largeInit, type Nuisance, nuisances } from "../support/faults/nuisances.ts";
import { type Outage, outages } from "../support/faults/outages.ts";
import {
  before,
  type FaultScenario,
  slackMs,
  startFaultScenario,
} from "../support/faults/scenario.ts";
import { type FaultFigures, formatFaultTable } from "../support/faults/table.ts";

const s = 1_000;

/** How much faster than real time it passes here: a minute of the sync's takes 6 s. */
const speed = 10;
const clock = startPacedClock(speed);
afterAll(clock.stop);

// Nearly all of a row is waiting, so all rows wait at once.
vi.setConfig({ maxConcurrency: 60, testTimeout: 120 * s });

const figures: FaultFigures[] = [];
afterAll(() => {
  console.log(`The truth under faults. Times are the sync's, which pass ${speed} times as fast as
real ones, so that 10 ms of this machine show as 0.1 s. "back" is how long after the fault's end
(during it, where the truth is shown all the same) the header was right; "at most" is what the
stated time-outs and backoff allow, to which a test adds ${slackMs / s} s.

${formatFaultTable(figures)}`);
});

type Context = Pick<TestContext, "onTestFinished">;

async function showsLastKnown([fault, row]: [string, Outage], context: Context): Promise<void> {
  const { connection, truth, inFlightMs = 0, lastsMs = 20 * s } = row;
  const scenario = await startFaultScenario({ clock, ...context });
  const countTries = startCounting(scenario);
  await row.begin(scenario);
  const noticedMs = await scenario.until({ connection }, row.noticedWithinMs);
  truth.change(scenario);
  await scenario.pause(lastsMs);
  expect(scenario.headers).toEqual([before]);
  expect(scenario.connection()).toBe(connection);

  const tries = countTries();
  await row.end(scenario);
  // Every try has failed, and so has what was there before it.
  const failures = Math.max(tries.asked, tries.opened) + 1;
  const atMostMs = longestDelayMs(failures) + inFlightMs;
  const wanted = { header: truth.header, connection: "live live" };
  const backMs = await scenario.until(wanted, atMostMs);
  figures.push({ fault, says: before, connection, noticedMs, ...tries, backMs, atMostMs });
}

async function showsTruth([fault, row]: [string, Nuisance], context: Context): Promise<void> {
  const { truth, atMostMs, mayBe, mostStreams = 1, watchedMs = 20 * s } = row;
  const scenario = await startFaultScenario({ clock, ...row.environment, ...context });
  const countTries = startCounting(scenario);
  const seen = new Set([scenario.connection()]);
  scenario.store.subscribe(() => seen.add(scenario.connection()));
  await row.begin(scenario);
  truth.change(scenario);
  const backMs = await scenario.until({ header: truth.header }, atMostMs);
  await scenario.pause(watchedMs);

  const tries = countTries();
  expect(scenario.headers).toEqual([before, truth.header]);
  expect([...seen].filter((said) => said !== "live live" && said !== mayBe)).toEqual([]);
  expect(tries.opened).toBeLessThanOrEqual(mostStreams);
  const connection = [...seen].join(", ");
  figures.push({ fault, says: truth.header, connection, ...tries, backMs, atMostMs });
}

async function isNotAskedAgain([fault, code]: [string, number], context: Context): Promise<void> {
  const scenario = await startFaultScenario({ clock, ...context });
  const { server, environment, calls } = scenario;
  server.stream = server.poll = answers(code);
  server.dropStreams();
  const noticedMs = await scenario.until({ header: "Idle", connection: "off off" }, 5 * s);
  const countTries = startCounting(scenario);
  await scenario.pause(60 * s);
  const tries = countTries();
  expect({ ...tries, ...calls }).toEqual({ asked: 0, opened: 0, unauthorized: 1 });
  expect(environment.open()).toEqual({ timers: 0, requests: 0, sources: 0, wakeListeners: 0 });

  server.stream = server.poll = good;
  scenario.startAgain();
  const backMs = await scenario.until({ connection: "live live" }, 0);
  expect(scenario.header()).toContain("+1");
  const shown = { fault, says: "Idle", connection: "off off" };
  figures.push({ ...shown, noticedMs, ...tries, backMs, atMostMs: 0 });
}

describe("what keeps the machine busy does not hide the truth", () => {
  it.for(byName([largeInit]))("%s", showsTruth);
});

describe.concurrent("while the truth cannot be known the header says what was last known", () => {
  it.for(byName(outages))("%s", showsLastKnown);
});

describe.concurrent("what can be worked round does not hide the truth", () => {
  it.for(byName(nuisances))("%s", showsTruth);
});

describe.concurrent("a session that has ended is not asked again", () => {
  it.for<[string, number]>([["session: 401 to all", 401]])("%s", isNotAskedAgain);
});

function byName<Row extends { fault: string }>(rows: Row[]): [string, Row][] {
  return rows.map((row) => [row.fault, row]);
}

function startCounting({ environment }: FaultScenario) {
  const first = environment.tries();
  return () => {
    const { asked, opened } = environment.tries();
    return { asked: asked - first.asked, opened: opened - first.opened };
  };
}
