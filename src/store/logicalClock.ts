let reading = 0;

/**
 * The next reading of a clock that only orders: each call gives a higher number than any before.
 *
 * Insertions, evidence and questions to the server all take their number here, so "later" can be
 * told without wall clocks, which jump and which differ between browser and server. One clock for
 * the module keeps requests and jobs comparable however a host composes its store.
 */
export function tick(): number {
  reading += 1;
  return reading;
}
