import type { LogEntry, RunJob } from "../jobs/contract.ts";
import { createBoundedLog } from "./boundedLog.ts";
import type { RunEvents } from "./runEvents.ts";

type RunState = Omit<RunJob, "logs">;

/** What is known of a run; whoever listens to the stream is told of each change. */
export interface RunReport {
  state(): RunState;
  /** The state with the log, as it travels. */
  describe(): RunJob;
  /** Changes the state and announces it. */
  change(changes: Partial<RunState>): void;
  /** Tells the listeners how it stands. */
  announce(): void;
  /** Adds a line to the log. */
  write(stream: LogEntry["stream"], message: string): void;
}

/** What a report needs. */
export interface RunReportOptions {
  events: RunEvents;
  initial: RunState;
  /** How long the log may have grown before an update carries it, in ms. */
  logUpdateMs: number;
}

/** Makes a report; nobody is told of it before the first call. */
export function createRunReport({ events, initial, logUpdateMs }: RunReportOptions): RunReport {
  const { id, projectId } = initial;
  const log = createBoundedLog();
  let state = initial;
  let logTimer: NodeJS.Timeout | undefined;

  const describe = (): RunJob => ({ ...state, logs: log.entries() });

  function announce(): void {
    clearTimeout(logTimer);
    logTimer = undefined;
    events.publish("run-update", projectId, { run: describe() });
  }

  return {
    state: () => state,
    describe,
    announce,
    change(changes) {
      state = { ...state, ...changes };
      announce();
    },
    write(stream, message) {
      const entry = { timestamp: new Date().toISOString(), stream, message };
      log.add(entry);
      events.publish("run-log", projectId, { runId: id, projectId, entry });
      // An update carries the whole log, so not one for each line.
      logTimer ??= setTimeout(announce, logUpdateMs);
    },
  };
}
