import { existsSync, readFileSync } from "node:fs";

import { vi } from "vitest";

/** Waits until `condition` holds; fails with its last error, or with `what`. */
export function until(condition: () => unknown, what = String(condition)): Promise<void> {
  return vi.waitFor(
    async () => {
      if (!(await condition())) throw new Error(`Still not true: ${what}`);
    },
    { timeout: 30_000, interval: 10 },
  );
}

/** Whether a process runs; a zombie does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return process.platform !== "linux" && canSignal(pid);
  }
}

function canSignal(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Waits for a file in which a process notes its id, and reads that. */
export async function readPid(file: string): Promise<number> {
  await until(
    () => existsSync(file) && readFileSync(file, "utf8").endsWith("\n"),
    `${file} is there`,
  );
  return Number(readFileSync(file, "utf8"));
}
