import { vi } from "vitest";

/** Waits until `condition` holds; fails with what it threw last, or with `what`. */
export function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = 15_000,
): Promise<void> {
  return vi.waitFor(
    async () => {
      if (!(await condition())) throw new Error(`Still not true: ${what}`);
    },
    { timeout: timeoutMs, interval: 25 },
  );
}
