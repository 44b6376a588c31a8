import { createBackoff } from "../../src/sync/sources/timing.ts";

/** How clients came back to a server that was away. */
export interface StormFigures {
  /** The share of all reconnects in the busiest second, from 0 to 1. */
  busiestShare: number;
  /** How long after the server's return half of the clients were back, in ms. */
  medianMs: number;
}

/** The figures of clients that came back at these times after the server's return, in ms. */
export function toStormFigures(backMs: readonly number[]): StormFigures {
  const perSecond = new Map<number, number>();
  for (const time of backMs) {
    const second = Math.floor(time / 1_000);
    perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
  }
  return {
    busiestShare: Math.max(...perSecond.values()) / backMs.length,
    medianMs: medianOf(backMs),
  };
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** What the stated backoff gives, without network and server. */
export function simulateBackoff(clients: number, outageMs: number): StormFigures {
  return simulate(clients, outageMs, () => createBackoff(Math.random).nextDelayMs);
}

/** What a browser's own retry gives: every 3 s, as all do. */
export function simulateFixedRetry(clients: number, outageMs: number): StormFigures {
  return simulate(clients, outageMs, () => () => 3_000);
}

function simulate(
  clients: number,
  outageMs: number,
  createDelays: () => () => number,
): StormFigures {
  const backMs = () => simulateOne(outageMs, createDelays());
  return medianStorm(
    Array.from({ length: 201 }, () => toStormFigures(Array.from({ length: clients }, backMs))),
  );
}

/** The figures in the middle of several storms. */
export function medianStorm(storms: readonly StormFigures[]): StormFigures {
  return {
    busiestShare: medianOf(storms.map(({ busiestShare }) => busiestShare)),
    medianMs: medianOf(storms.map(({ medianMs }) => medianMs)),
  };
}

function simulateOne(outageMs: number, nextDelayMs: () => number): number {
  let triedAt = 0;
  do triedAt += nextDelayMs();
  while (triedAt < outageMs);
  return triedAt - outageMs;
}
