import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { builtConsole } from "./built.ts";

const run = promisify(execFile);

/**
 * Builds the console once for all browser tests: a page of it loads in a third of the time that the
 * same page takes module by module.
 *
 * For those that start it as a person does it has Vite bundle the dependencies before: several
 * servers that start at once on a fresh checkout would each do it, in the same folder, and trip
 * over each other.
 */
export default async function prepareConsole(): Promise<void> {
  await Promise.all([
    runVite("build", "--outDir", builtConsole, "--logLevel", "warn"),
    runVite("optimize", "--logLevel", "error"),
  ]);
}

async function runVite(...args: readonly string[]): Promise<void> {
  // Under VITEST the config is that of the tests.
  const { VITEST: _, NODE_ENV: __, ...env } = process.env;
  const vite = ["node_modules/vite/bin/vite.js", ...args];
  const { stderr } = await run(process.execPath, vite, { env });
  process.stderr.write(stderr);
}
