import type { Ending } from "./childGroup.ts";
import { describeFailure, keepLine } from "./failureText.ts";
import { createLineReader } from "./lineReader.ts";
import { missingDirectory } from "./missingDirectory.ts";
import type { ProcessHost } from "./processHost.ts";

/** A command line at work. */
export interface Job {
  /**
   * Resolves when it is over, with what went wrong in words for a person, or undefined after an
   * exit with 0; never rejects. All lines have been passed on by then.
   */
  readonly failure: Promise<string | undefined>;
  /** Ends it with its whole tree. */
  stop(): void;
}

/** What to start, and whom to tell. */
export interface JobOptions {
  command: string;
  directory: string;
  onSpawn?: () => void;
  onLine?: (stream: "stdout" | "stderr", line: string) => void;
}

/** Starts a command line; throws a 503 `HttpError` if the host is disposed. */
export function startJob(host: ProcessHost, options: JobOptions): Job {
  const { onLine, ...rest } = options;
  const tail = { stdout: [], stderr: [] };
  const reader = (stream: "stdout" | "stderr") =>
    createLineReader((line) => {
      keepLine(tail, stream, line);
      onLine?.(stream, line);
    });
  const readers = { stdout: reader("stdout"), stderr: reader("stderr") };

  const group = host.start({
    ...rest,
    onOutput: (stream, text) => readers[stream].push(text),
  });
  const failure = group.ended.then((ending) => {
    readers.stdout.end();
    readers.stderr.end();
    if (succeeded(ending)) return undefined;
    const gone = ending.error && missingDirectory(options.directory);
    return gone ?? describeFailure(options.command, ending, tail);
  });
  return { failure, stop: () => void group.stop() };
}

function succeeded({ code, error }: Ending): boolean {
  return code === 0 && error === undefined;
}
