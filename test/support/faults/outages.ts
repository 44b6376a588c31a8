import {
  answers,
  type Behaviour,
  busyFor,
  flappingEmpty,
  good,
  keptFor,
  malformedInit,
  mute,
  redirectToError,
  replayed,
  reset,
  silent,
  truncated,
  wrongType,
} from "./behaviours.ts";
import { anotherBuild, anotherRun, nothing, theSame, type Truth } from "./truths.ts";
import type { FaultScenario } from "./scenario.ts";

/** A fault during which the truth cannot be known: the header says what was last known. */
export interface Outage {
  fault: string;
  begin: (scenario: FaultScenario) => unknown;
  end: (scenario: FaultScenario) => unknown;
  /** The statuses of runs and builds during it. */
  connection: string;
  /** How long until the connection must say so, in ms. */
  noticedWithinMs: number;
  /** What is true once it is over. */
  truth: Truth;
  /** What the truth may take besides the backoff: a try that hangs at the end. @default 0 */
  inFlightMs?: number;
  /** @default 20_000 */
  lastsMs?: number;
}

const s = 1_000;

const hanging = { noticedWithinMs: (5 + 10) * s, inFlightMs: 10 * s };

function ofStream(what: string, behaviour: Behaviour, options: Partial<Outage> = {}): Outage {
  return {
    fault: `stream: ${what}`,
    begin({ server }) {
      server.stream = behaviour;
      server.dropStreams();
    },
    end: ({ server }) => (server.stream = good),
    connection: "lost live",
    noticedWithinMs: 0,
    truth: anotherRun,
    ...options,
  };
}

function ofPoll(what: string, behaviour: Behaviour, options: Partial<Outage> = {}): Outage {
  return {
    fault: `poll: ${what}`,
    begin: ({ server }) => (server.poll = behaviour),
    end: ({ server }) => (server.poll = good),
    connection: "live lost",
    noticedWithinMs: 5 * s,
    truth: anotherBuild,
    ...options,
  };
}

function ofServer(what: string, options: Pick<Outage, "truth" | "lastsMs">): Outage {
  return {
    fault: `server: ${what}`,
    begin: ({ server }) => server.kill(),
    end: ({ server }) => server.restart(),
    connection: "lost lost",
    noticedWithinMs: 5 * s,
    ...options,
  };
}

/** The outages. */
export const outages: Outage[] = [
  ...[500, 502, 503, 204, 401, 403].map((code) => ofStream(`${code}`, answers(code))),
  ofStream("reset", reset),
  ofStream("truncated", truncated),
  ofStream("wrong content type", wrongType),
  ofStream("redirect to an error", redirectToError),
  ofStream("init malformed", malformedInit),
  ofStream("flapping every 200 ms, no event", flappingEmpty(200)),
  ofStream("an ended one, replayed by a cache", silent, {
    begin({ server }) {
      server.stream = replayed(server);
      server.dropStreams();
    },
    // It looks live until two have ended.
    noticedWithinMs: 0,
    // The next one has to last that long before it is believed.
    inFlightMs: 5 * s,
  }),
  ofStream("accepts, never answers", mute, { inFlightMs: 15 * s, lastsMs: 40 * s }),
  ofStream("silent after headers", silent, {
    begin({ server }) {
      server.stream = silent;
      server.forgetStreams();
    },
    // The silence, the next look at it, and the new connection that does not answer either.
    noticedWithinMs: (60 + 5 + 15) * s,
    inFlightMs: 15 * s,
  }),
  ...[500, 502, 503, 204, 403].map((code) => ofPoll(`${code}`, answers(code))),
  // What lies in a cache is what was true when the fault began.
  ofPoll("kept for 100 s by a cache", keptFor(100), {
    begin({ server }) {
      const { builds } = server;
      server.poll = (exchange) => keptFor(100)({ ...exchange, server: { ...server, builds } });
    },
  }),
  // Asked once more after the pause that it has asked for.
  ofPoll("429, Retry-After of 30 s", busyFor(30), { inFlightMs: 30 * s }),
  ofPoll("reset", reset),
  ofPoll("truncated", truncated),
  ofPoll("wrong content type", wrongType),
  ofPoll("redirect to an error", redirectToError),
  ofPoll("hangs", mute, hanging),
  ofPoll("silent after headers", silent, hanging),
  ofServer("refused", { truth: anotherRun }),
  ofServer("refused for a minute", { truth: anotherRun, lastsMs: 60 * s }),
  ofServer("killed, restarted with the jobs", { truth: theSame }),
  ofServer("killed, restarted without them", { truth: nothing }),
];
