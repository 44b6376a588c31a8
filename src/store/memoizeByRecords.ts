/**
 * The function with a result kept for each pair of records, for as long as both are in use. A
 * selector that makes an array or object must be wrapped so: under React 19 a new one on each call
 * is an endless loop, and so is one memory shared by two stores that take turns.
 */
export function memoizeByRecords<A extends object, B extends object, Result extends object>(
  compute: (a: A, b: B) => Result,
): (a: A, b: B) => Result {
  const results = new WeakMap<A, WeakMap<B, Result>>();
  return (a, b) => {
    const byB = results.get(a) ?? new WeakMap<B, Result>();
    results.set(a, byB);
    const result = byB.get(b) ?? compute(a, b);
    byB.set(b, result);
    return result;
  };
}
