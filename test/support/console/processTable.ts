import { readdirSync, readFileSync } from "node:fs";

/** A process as the kernel lists it. */
export interface ListedProcess {
  pid: number;
  /** Its program and arguments, with blanks between them. */
  command: string;
}

/**
 * All living processes that have this text in their environment, which children take over from
 * their parents. Reads `/proc`, so Linux only.
 */
export function processesWith(mark: string): ListedProcess[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => readOrNothing(`/proc/${pid}/environ`).includes(mark))
    .map((pid) => ({
      pid: Number(pid),
      command: readOrNothing(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim(),
    }));
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // It ended between the listing and now, or is somebody else's: none of ours either way.
    return "";
  }
}
