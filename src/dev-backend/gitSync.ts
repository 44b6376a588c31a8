import { clip } from "./clip.ts";
import { describeGitStatus, type GitStatus, parseGitStatus } from "./gitStatus.ts";
import { HttpError } from "./httpError.ts";
import { missingDirectory } from "./missingDirectory.ts";
import type { ProcessHost } from "./processHost.ts";
import { type CommandResult, runCommand } from "./runCommand.ts";

const TIMEOUT_MS = 10_000;
const FETCH_TIMEOUT_MS = 30_000;

/** Nobody is there to answer a question, and not even the index is to be touched. */
const ENVIRONMENT = {
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_SSH_COMMAND: "ssh -o BatchMode=yes",
  LC_ALL: "C",
};

const STATUS = ["status", "--porcelain=v2", "--branch", "--untracked-files=all", "--", "."];
const SUBJECT = ["log", "-1", "--format=%s"];
// Maintenance would go on in the background, after the fetch is over.
const FETCH = ["-c", "gc.auto=0", "-c", "maintenance.auto=false", "fetch", "--quiet"];

/** Where a repository is. */
export interface SyncResult {
  commitSha: string;
  /** The last commit and how the work tree stands, in plain words. */
  message: string;
}

/**
 * Asks git where the repository of that directory is, after a fetch if it has an upstream. Never
 * changes the work tree. An upstream out of reach is said in the message and is no error.
 *
 * @throws HttpError 400 if it is no repository, or one without a commit; 500 if git fails.
 */
export async function syncRepository(host: ProcessHost, directory: string): Promise<SyncResult> {
  const git = (args: readonly string[], timeoutMs = TIMEOUT_MS) =>
    runCommand(host, { command: "git", args, directory, environment: ENVIRONMENT, timeoutMs });

  const before = parseGitStatus(requireOutput(await git(STATUS), directory));
  const fetched = before.upstream === undefined ? undefined : await git(FETCH, FETCH_TIMEOUT_MS);
  const status = fetched ? parseGitStatus(requireOutput(await git(STATUS), directory)) : before;
  const commitSha = requireCommit(status, directory);
  const subject = requireOutput(await git(SUBJECT), directory).trim();
  const parts = [`Last commit: ${clip(subject, 120)}.`, describeGitStatus(status)];
  if (fetched && !succeeded(fetched)) parts.push(`This is as of the last fetch: ${why(fetched)}.`);
  return { commitSha, message: parts.join(" ") };
}

function requireOutput(result: CommandResult, directory: string): string {
  if (succeeded(result)) return result.stdout;
  const gone = result.error && missingDirectory(directory);
  if (gone !== undefined) throw new HttpError(400, gone);
  if (/not a git repository/.test(result.stderr))
    throw new HttpError(
      400,
      `${directory} is not in a git repository. ` +
        'Run "git init" there, or correct "directory" in the projects file, then restart the console.',
    );
  throw new HttpError(500, `git failed in ${directory}: ${why(result)}.`);
}

function requireCommit({ sha }: GitStatus, directory: string): string {
  if (sha !== undefined) return sha;
  throw new HttpError(400, `The repository in ${directory} has no commit yet. Commit something.`);
}

function succeeded({ code, timedOut }: CommandResult): boolean {
  return code === 0 && !timedOut;
}

function why({ timedOut, error, stderr, code }: CommandResult): string {
  if (timedOut) return "git took too long";
  if (error) return `git could not be started (${error.message})`;
  const lines = stderr.split("\n").map((line) => line.trim());
  const line = lines.find((text) => text.startsWith("fatal:")) ?? lines.find((text) => text !== "");
  return clip(line?.replace(/\.$/, "") ?? `git exited with ${code}`, 300);
}
