import { execFileSync } from "node:child_process";
import { findChromium } from "./chromiumPath.ts";

const remedy =
  "The browser tests need Chromium. Install it (Debian: apt-get install chromium; elsewhere: " +
  "npx playwright-core install chromium) or name one in CHROMIUM_PATH.";

/** Sees to it that there is a browser before any browser test runs: none is skipped for want of one. */
export default function ensureChromium(): void {
  if (findChromium()) return;
  for (const install of [installPlaywrights, installDebians]) {
    try {
      install();
    } catch {
      // The next way may work; if none does, the error below says what to do.
    }
    if (findChromium()) return;
  }
  throw new Error(remedy);
}

function installPlaywrights(): void {
  run("npx", ["playwright-core", "install", "chromium"]);
}

function installDebians(): void {
  if (process.getuid?.() !== 0) return;
  run("apt-get", ["update", "-qq"]);
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"]);
}

function run(command: string, args: string[]): void {
  console.log(`No Chromium found, so: ${command} ${args.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  execFileSync(command, args, { stdio: "inherit", env, timeout: 300_000 });
}
