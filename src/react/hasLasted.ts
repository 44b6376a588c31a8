/**
 * How long a source may be lost before that is worth a sign or a word, in ms: a connection that is
 * back at once is nobody's concern.
 */
export const lostGraceMs = 5_000;

/**
 * Whether something that began at `since` has lasted for `ms` at `now`, all in client time. A clock
 * that was set back cannot tell, and then it has: better early than an hour late.
 */
export function hasLasted(since: number, now: number, ms: number): boolean {
  return now - since >= ms || now < since;
}
