import type { LogEntry } from "../jobs/contract.ts";

/** How much of a log is kept. */
export interface LogLimits {
  /** @default 500 */
  maxLines?: number;
  /** Over all lines, in characters. @default 100_000 */
  maxChars?: number;
}

/** The end of a log. */
export interface BoundedLog {
  add(entry: LogEntry): void;
  /** What is kept, oldest first; if lines were dropped, the first entry says how many. */
  entries(): LogEntry[];
}

/** Makes an empty log. Every event of a run carries its whole log, hence the limits. */
export function createBoundedLog(limits: LogLimits = {}): BoundedLog {
  const { maxLines = 500, maxChars = 100_000 } = limits;
  const kept: LogEntry[] = [];
  let chars = 0;
  let dropped = 0;

  const isFull = () => kept.length > maxLines || (chars > maxChars && kept.length > 1);

  return {
    add(entry) {
      kept.push(entry);
      chars += entry.message.length;
      while (isFull()) {
        chars -= kept.shift()?.message.length ?? 0;
        dropped += 1;
      }
    },
    entries: () => (dropped === 0 ? [...kept] : [droppedNote(dropped, kept[0]), ...kept]),
  };
}

function droppedNote(dropped: number, next: LogEntry | undefined): LogEntry {
  return {
    timestamp: next?.timestamp ?? new Date().toISOString(),
    stream: "system",
    message: `… ${dropped} earlier ${dropped === 1 ? "line" : "lines"} dropped`,
  };
}
