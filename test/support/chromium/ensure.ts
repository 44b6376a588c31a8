import { execFileSync } from "node:child_process";
import { findChromium, findHeadlessShell } from "./path.ts";

const remedy =
  "The browser tests need Chromium. Install it (Debian: apt-get install chromium; elsewhere: " +
  "npx playwright-core install chromium) or name one in CHROMIUM_PATH.";

/**
 * Sees to it that there is a browser before any browser test runs: none is skipped for want of one.
 * The headless shell only saves time: where it cannot be had the whole browser does its work.
 */
export default function ensureChromium(): void {
  if (!findChromium() || !findHeadlessShell()) attempt(installDebians);
  if (!findChromium()) attempt(installPlaywrights);
  if (!findChromium()) throw new Error(remedy);
}

function attempt(install: () => void): void {
  try {
    install();
  } catch {
    // Another way may work; if none does, the error above says what to do.
  }
}

function installPlaywrights(): void {
  run("npx", ["playwright-core", "install", "chromium"]);
}

function installDebians(): void {
  if (process.getuid?.() !== 0) return;
  run("apt-get", ["update", "-qq"]);
  const packages = ["chromium", "chromium-headless-shell"];
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages]);
}

function run(command: string, args: string[]): void {
  console.log(`For the browser tests: ${command} ${args.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  execFileSync(command, args, { stdio: "inherit", env, timeout: 300_000 });
}
