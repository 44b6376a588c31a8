import { answers, flapping, good, large, late, slow } from "./behaviours.ts";
import { longestDelayMs } from "./bounds.ts";
import { realClock } from "./clock.ts";
import type { FaultEnvironmentOptions } from "./environment.ts";
import type { FaultScenario } from "./scenario.ts";
import { anotherBuild, anotherRun, anotherRunAt, type Truth } from "./truths.ts";

/** A fault during which the header has to find out the truth all the same. */
export interface Nuisance {
  fault: string;
  begin: (scenario: FaultScenario) => unknown;
  /** What becomes true after it has begun. */
  truth: Truth;
  /** How long until the header must say so, in ms. */
  atMostMs: number;
  /** Which statuses of runs and builds may be seen meanwhile, besides `live live`. @default none */
  mayBe?: string;
  /** How many streams it may cost in 20 s. @default 1 */
  mostStreams?: number;
  /** For how long it is watched after that, in ms. @default 20_000 */
  watchedMs?: number;
  /** In what time, where not in that of the other rows. */
  environment?: FaultEnvironmentOptions;
}

const s = 1_000;
const day = 86_400 * s;
const hour = 3_600 * s;

/** So large that it keeps the machine busy: in real time, after the shortest of delays. */
export const largeInit: Nuisance = {
  fault: "stream: init of 20 MB, in real time",
  watchedMs: 0,
  environment: { clock: realClock, random: () => 0.02 },
  begin({ server }) {
    // The run that has stopped by then has a log, and so has the one that is running.
    server.stream = large(10 * 2 ** 20);
    server.dropStreams();
  },
  truth: anotherRun,
  atMostMs: longestDelayMs(1),
  mayBe: "lost live",
};

function clock(fault: string, options: Partial<Nuisance>): Nuisance {
  return { fault, begin: () => {}, truth: anotherRun, atMostMs: 5 * s, ...options };
}

// The connection is half open after a sleep: nothing comes any more, and nothing says so.
function sleep({ server, environment }: FaultScenario, ms: number): void {
  server.forgetStreams();
  environment.sleep(ms);
}

const malformed = [
  "event: run-update\ndata: {",
  "event: run-update\ndata: null",
  'event: run-update\ndata: {"run":{"id":""}}',
  'event: run-update\ndata: {"run":{"id":"r0","status":"odd"}}',
  "event: of-another-version\ndata: 1",
  "data: \u0000\uffff",
  "no field at all",
];

function malformedFrames(count: number): string {
  return Array.from({ length: count }, (_, n) => `${malformed[n % malformed.length]}\n\n`).join("");
}

/** The nuisances. */
export const nuisances: Nuisance[] = [
  {
    fault: "stream: flapping every 200 ms",
    begin({ server }) {
      server.stream = flapping(200);
      server.dropStreams();
    },
    truth: anotherRun,
    atMostMs: longestDelayMs(1),
    mayBe: "lost live",
    mostStreams: 20,
  },
  {
    fault: "stream: kept open by a proxy over a restart",
    async begin({ server, pause }) {
      server.forgetStreams();
      server.poll = answers(502);
      await pause(6 * s);
      server.poll = good;
    },
    truth: anotherRun,
    // The poll is back after its backoff, and has the stream checked at once.
    atMostMs: longestDelayMs(2) + 1 * s,
    mayBe: "live lost",
  },
  {
    fault: "stream: headers after 8 s",
    begin({ server }) {
      server.stream = slow(8 * s);
      server.dropStreams();
    },
    truth: anotherRun,
    atMostMs: longestDelayMs(1) + 8 * s,
    mayBe: "lost live",
  },
  {
    fault: "stream: 1,000 malformed frames",
    begin: ({ server }) => server.write(malformedFrames(1_000)),
    truth: anotherRun,
    atMostMs: 16,
    mostStreams: 0,
  },
  {
    fault: "poll: headers after 8 s",
    begin: ({ server }) => (server.poll = slow(8 * s)),
    truth: anotherBuild,
    atMostMs: 5 * s + 8 * s,
    mostStreams: 0,
  },
  {
    fault: "poll: answers reversed",
    async begin({ server, sync, pause }) {
      server.poll = late(20 * s);
      sync.refresh();
      await pause(1 * s);
      server.poll = good;
    },
    truth: anotherBuild,
    // The late question is given up after 10 s; its answer comes after that of the next.
    atMostMs: 10 * s + longestDelayMs(1),
    mayBe: "live lost",
    // The poll is back, and has the stream checked.
    mostStreams: 1,
  },
  clock("server's clock a day ahead", { truth: anotherRunAt(day), mostStreams: 0, atMostMs: 16 }),
  clock("server's clock a day behind", {
    truth: anotherRunAt(-day),
    mostStreams: 0,
    atMostMs: 16,
  }),
  clock("own clock set a day ahead", { begin: (scenario) => sleep(scenario, day) }),
  clock("own clock set a day back", { begin: (scenario) => sleep(scenario, -day) }),
  clock("sleep of an hour", { begin: (scenario) => sleep(scenario, hour) }),
  clock("sleep of an hour, page seen", {
    begin(scenario) {
      sleep(scenario, hour);
      queueMicrotask(() => scenario.environment.wake("visible"));
    },
    atMostMs: 0,
  }),
  clock("no network for an hour, online", {
    begin(scenario) {
      sleep(scenario, 0);
      queueMicrotask(() => scenario.environment.wake("online"));
    },
    atMostMs: 0,
  }),
];
