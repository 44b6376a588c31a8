/**
 * The function with its result kept for each record, for as long as that is in use. A selector
 * that makes an array or object must be wrapped so: under React 19 a new one on each call is an
 * endless loop, and so is one memory shared by two stores that take turns.
 */
export function memoizeByRecord<Record extends object, Result extends object>(
  compute: (record: Record) => Result,
): (record: Record) => Result {
  const results = new WeakMap<Record, Result>();
  return (record) => {
    const result = results.get(record) ?? compute(record);
    results.set(record, result);
    return result;
  };
}
