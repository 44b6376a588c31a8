// It begins at the time of loading, with room for a thousand readings a millisecond: so the
// readings of one page's life lie apart from those of another's.
const beginning = Date.now() * 1_000;
let reading = beginning;

/**
 * The next reading of a clock that only orders: each call gives a higher number than any before.
 *
 * Insertions, updates and questions to the server all take their number here, so "later" can be
 * told without wall clocks, which jump and which differ between browser and server. One clock for
 * the module keeps requests and jobs comparable however a host composes its store.
 */
export function tick(): number {
  reading += 1;
  return reading;
}

/**
 * Whether a reading was taken by this page since it was loaded. What a host's `persist` brings back
 * was read by another page: nothing keeps it true, so it must not show.
 */
export function isOfThisPage({ order }: { readonly order: number }): boolean {
  return order > beginning && order <= reading;
}
