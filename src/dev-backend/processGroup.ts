import { readFileSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** How long to wait for a group to vanish after SIGKILL, which only the kernel can delay. */
const KILL_WAIT_MS = 2_000;

/**
 * Ends every process of a group: SIGTERM, and after `graceMs` SIGKILL for those still there.
 * Resolves once none is left. A group outlives its leader, so this serves for leftovers, too.
 */
export async function endGroup(groupId: number, graceMs: number): Promise<void> {
  signalGroup(groupId, "SIGTERM");
  if (await isGoneWithin(groupId, graceMs)) return;
  signalGroup(groupId, "SIGKILL");
  await isGoneWithin(groupId, KILL_WAIT_MS);
}

async function isGoneWithin(groupId: number, ms: number, pauseMs = 5): Promise<boolean> {
  if (!isGroupAlive(groupId)) return true;
  if (ms <= 0) return false;
  const startedAt = performance.now();
  await sleep(Math.min(pauseMs, ms));
  // Most groups are gone in no time; the others need not be watched that closely.
  const nextPauseMs = Math.min(pauseMs * 2, 100);
  return isGoneWithin(groupId, ms - (performance.now() - startedAt), nextPauseMs);
}

function isGroupAlive(groupId: number): boolean {
  if (!signalGroup(groupId, 0)) return false;
  return process.platform !== "linux" || hasLivingMember(groupId);
}

function signalGroup(groupId: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-groupId, signal);
  } catch (error) {
    // EPERM: it is there, but belongs to somebody else by now. ESRCH: it is gone.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * A signal reaches the dead, too: where the first process does not collect orphans (many a
 * container), they stay as zombies, and each stop would take the whole grace time.
 */
function hasLivingMember(groupId: number): boolean {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.some((id) => {
    const [state, , group] = readState(id);
    return group === String(groupId) && state !== "Z" && state !== "X";
  });
}

/** State, parent and group of a process; nothing if it has gone. */
function readState(id: string): string[] {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, "utf8");
    // The name comes before, in brackets, and may hold anything.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    // It ended between the listing and now, which is what is asked.
    return [];
  }
}
