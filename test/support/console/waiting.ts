import { vi } from "vitest";

/**
 * Waits until `condition` holds; fails with `what`. A condition that itself waits, for an event in a
 * page, is better than one that is asked again and again: each question to a page takes some ms of
 * three processes, and tests that wait would take that time from those that work.
 */
export function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = 15_000,
): Promise<void> {
  const check = async () => {
    if (!(await condition())) throw new Error("It was asked for in vain");
  };
  return vi.waitFor(check, { timeout: timeoutMs, interval: 50 }).catch((cause: unknown) => {
    throw new Error(`Still not true: ${what}`, { cause });
  });
}
