import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { bundleScript } from "../pages/bundleScript.ts";
import { builtIndicator } from "../indicator/built.ts";
import { builtConsole } from "./built.ts";

const run = promisify(execFile);

/** Builds what the browser tests visit, once for all of them. */
export default async function prepare(): Promise<void> {
  await Promise.all([prepareConsole(), prepareIndicator()]);
}

async function prepareIndicator(): Promise<void> {
  // React's development build complains aloud, and StrictMode does all twice.
  const script = await bundleScript(
    new URL("../indicator/host.tsx", import.meta.url),
    "development",
  );
  await mkdir(dirname(builtIndicator), { recursive: true });
  await writeFile(builtIndicator, script);
}

/**
 * Builds the console once for all browser tests: a page of it loads in a third of the time that the
 * same page takes module by module.
 *
 * For those that start it as a person does it has Vite bundle the dependencies before: several
 * servers that start at once on a fresh checkout would each do it, in the same folder, and trip
 * over each other.
 */
export async function prepareConsole(): Promise<void> {
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
