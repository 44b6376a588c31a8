/** How a work tree stands, as `git status --porcelain=v2 --branch` tells it. */
export interface GitStatus {
  /** Undefined before the first commit. */
  sha: string | undefined;
  /** Such as `origin/main`; undefined if none is set. */
  upstream: string | undefined;
  /** Commits against the upstream; undefined if that was never fetched. */
  ahead: number | undefined;
  behind: number | undefined;
  changedFiles: number;
}

/** Reads that output. Headers that it does not know are skipped, as git asks of its readers. */
export function parseGitStatus(output: string): GitStatus {
  const lines = output.split("\n").filter((line) => line !== "");
  const header = (name: string) =>
    lines.find((line) => line.startsWith(`# ${name} `))?.slice(name.length + 3);
  const sha = header("branch.oid");
  const counts = /^\+(\d+) -(\d+)$/.exec(header("branch.ab") ?? "");
  return {
    sha: sha === "(initial)" ? undefined : sha,
    upstream: header("branch.upstream"),
    ahead: counts?.[1] === undefined ? undefined : Number(counts[1]),
    behind: counts?.[2] === undefined ? undefined : Number(counts[2]),
    changedFiles: lines.filter((line) => !line.startsWith("#")).length,
  };
}

/** Says it in plain words: `3 files changed, 1 commit ahead of origin/main.` */
export function describeGitStatus(status: GitStatus): string {
  const { changedFiles } = status;
  const tree = changedFiles === 0 ? "Work tree clean" : `${count(changedFiles, "file")} changed`;
  return `${tree}, ${describeUpstream(status)}.`;
}

function describeUpstream({ upstream, ahead, behind }: GitStatus): string {
  if (upstream === undefined) return "no upstream branch";
  if (ahead === undefined || behind === undefined) return `${upstream} not found`;
  if (ahead === 0 && behind === 0) return `level with ${upstream}`;
  const parts = [
    ...(ahead > 0 ? [`${count(ahead, "commit")} ahead of`] : []),
    ...(behind > 0 ? [`${count(behind, "commit")} behind`] : []),
  ];
  return `${parts.join(" and ")} ${upstream}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
