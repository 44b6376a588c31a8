/**
 * The function with its result kept for each object, for as long as that is in use. A selector that makes
 * an array or object must be wrapped so: under React 19 a new one on each call is an endless loop, and
 * so is one memory shared by two stores that take turns.
 */
export function memoizeByObject<Subject extends object, Result extends object>(
  compute: (subject: Subject) => Result,
): (subject: Subject) => Result {
  const results = new WeakMap<Subject, Result>();
  return (subject) => {
    const result = results.get(subject) ?? compute(subject);
    results.set(subject, result);
    return result;
  };
}
