import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { childEnvironment } from "../../src/dev-backend/childEnvironment.ts";
import { describeGitStatus, parseGitStatus } from "../../src/dev-backend/gitStatus.ts";
import { makeDirectory, makeProject } from "./support/projects.ts";
import { startServer } from "./support/startServer.ts";

function git(directory: string, ...args: string[]): string {
  const identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
  // A hook's variables, or the machine's own settings, would make it another repository.
  const env = childEnvironment(process.env, {
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_SYSTEM: "/dev/null",
  });
  return execFileSync("git", [...identity, ...args], { cwd: directory, env, stdio: "pipe" })
    .toString()
    .trim();
}

function makeRepository(): string {
  const directory = makeDirectory({ "a.txt": "1" });
  git(directory, "init", "--quiet", "--initial-branch=main");
  git(directory, "add", ".");
  git(directory, "commit", "--quiet", "--message=Add the first page");
  return directory;
}

async function sync(directory: string) {
  const project = makeProject({ run: "true", directory });
  const client = await (await startServer({ projects: [project] })).signIn();
  return client.post("/projects/shop/sync");
}

describe("sync", () => {
  it("tells the commit, its subject and that nothing has changed", async () => {
    const directory = makeRepository();
    expect(await sync(directory)).toMatchObject({
      status: 200,
      body: {
        commitSha: git(directory, "rev-parse", "HEAD"),
        message: "Last commit: Add the first page. Work tree clean, no upstream branch.",
      },
    });
  });

  it("counts changed and new files and leaves them alone", async () => {
    const directory = makeRepository();
    writeFileSync(join(directory, "a.txt"), "2");
    writeFileSync(join(directory, "b.txt"), "new");
    const before = git(directory, "status", "--porcelain");
    expect((await sync(directory)).body.message).toContain("2 files changed");
    expect(git(directory, "status", "--porcelain")).toBe(before);
  });

  it("fetches, and tells how far the branch is from its upstream", async () => {
    const upstream = makeRepository();
    const directory = makeDirectory();
    git(directory, "clone", "--quiet", upstream, ".");
    git(directory, "commit", "--quiet", "--allow-empty", "--message=Mine");
    git(upstream, "commit", "--quiet", "--allow-empty", "--message=Theirs");
    const head = git(directory, "rev-parse", "HEAD");
    const { body } = await sync(directory);
    expect(body.message).toContain("1 commit ahead of and 1 commit behind origin/main.");
    expect(body.commitSha).toBe(head);
    expect(git(directory, "rev-parse", "HEAD")).toBe(head);
  });

  it("says so when the upstream is out of reach, and tells what it knows", async () => {
    const directory = makeDirectory();
    git(directory, "clone", "--quiet", makeRepository(), ".");
    git(directory, "remote", "set-url", "origin", "/nowhere/at-all");
    const { status, body } = await sync(directory);
    expect(status).toBe(200);
    expect(body.message).toMatch(/level with origin\/main\. This is as of the last fetch: fatal: /);
  });

  it("answers 400 for a directory outside of any repository", async () => {
    expect(await sync(makeDirectory())).toMatchObject({
      status: 400,
      body: {
        error: expect.stringMatching(
          /is not in a git repository\. Run "git init".*file, then restart/,
        ),
      },
    });
  });

  it("answers 400 for a repository without a commit", async () => {
    const directory = makeDirectory();
    git(directory, "init", "--quiet");
    expect(await sync(directory)).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(/no commit yet/) },
    });
  });
});

function wordsFor(...lines: string[]): string {
  return describeGitStatus(parseGitStatus(["# branch.oid abc", ...lines].join("\n")));
}

describe("the words for a work tree", () => {
  it.each([
    [
      ["# branch.upstream origin/main", "# branch.ab +0 -0"],
      "Work tree clean, level with origin/main.",
    ],
    [
      ["# branch.upstream origin/main", "# branch.ab +2 -0", "? a"],
      "1 file changed, 2 commits ahead of origin/main.",
    ],
    [
      ["# branch.upstream origin/main", "# branch.ab +0 -1"],
      "Work tree clean, 1 commit behind origin/main.",
    ],
    [["# branch.upstream origin/gone"], "Work tree clean, origin/gone not found."],
  ])("are for %j: %s", (lines, words) => {
    expect(wordsFor(...lines)).toBe(words);
  });
});
