import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { childEnvironment } from "../../../src/dev-backend/childEnvironment.ts";

/** A projects file with real commands, in a directory of its own. */
export interface ConsoleProjects {
  /** The projects file. */
  file: string;
  /** Lets builds of the project `gated` end. */
  openGate: () => void;
  /** Makes builds of the project `gated` wait again. */
  closeGate: () => void;
  remove: () => void;
}

const serve = "sleep 600";

/** What each project does, by its id; its name is the id with a capital. */
const projects = {
  steady: { build: "echo Bundling; sleep 1.5" },
  quick: { build: "sleep 0.05" },
  broken: { build: "sh build.sh" },
  gated: { build: "until test -e open; do sleep 0.02; done" },
  alpha: { run: serve },
  beta: { run: serve },
  // It takes a second to end after SIGTERM.
  sluggish: { run: `trap "sleep 1; exit" TERM; ${serve} & wait` },
  // Enough files that to walk them takes a moment.
  packages: {
    run: serve,
    directory: fileURLToPath(new URL("../../../node_modules", import.meta.url)),
  },
  // Its upstream takes a moment to answer.
  repository: { run: serve },
};

/** Writes the projects file and what its projects need. */
export function makeConsoleProjects(): ConsoleProjects {
  const directory = mkdtempSync(join(tmpdir(), "console-"));
  const file = join(directory, "projects.json");
  const gate = join(directory, "gated", "open");
  for (const id of Object.keys(projects)) mkdirSync(join(directory, id));
  writeFileSync(file, JSON.stringify(Object.entries(projects).map(toEntry)));
  writeFileSync(
    join(directory, "broken", "build.sh"),
    'echo Bundling\nsleep 0.2\necho "Error: theme.css is missing" >&2\nexit 2\n',
  );
  fillRepository(join(directory, "repository"), join(directory, "upstream"));

  return {
    file,
    openGate: () => writeFileSync(gate, ""),
    closeGate: () => rmSync(gate, { force: true }),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

function toEntry([id, work]: [string, object]) {
  return { id, name: id.charAt(0).toUpperCase() + id.slice(1), directory: id, ...work };
}

function fillRepository(directory: string, upstream: string): void {
  writeFileSync(join(directory, "index.html"), "<p>The page</p>");
  git(directory, "init", "--quiet", "--initial-branch=main");
  git(directory, "add", ".");
  git(directory, "commit", "--quiet", "--message=Add the first page");
  git(directory, "clone", "--quiet", "--bare", directory, upstream);
  git(directory, "remote", "add", "origin", upstream);
  git(directory, "fetch", "--quiet");
  git(directory, "branch", "--quiet", "--set-upstream-to=origin/main");
  git(directory, "config", "remote.origin.uploadpack", "sleep 0.8; git-upload-pack");
}

function git(directory: string, ...args: string[]): void {
  const identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
  // The machine's own settings, or a hook's variables, would make it another repository.
  const own = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
  const env = childEnvironment(process.env, own);
  execFileSync("git", [...identity, ...args], { cwd: directory, env, stdio: "pipe" });
}
