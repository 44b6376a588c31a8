import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import { chromiumFlags } from "./flags.ts";
import { findChromium, findHeadlessShell } from "./path.ts";

/** Launches a headless Chromium; the caller closes it. */
export function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = findHeadlessShell() ?? findChromium();
  if (executablePath === undefined) throw new Error("No Chromium: run the tests with `npm test`");
  const args = [...chromiumFlags, ...(options.args ?? [])];
  return chromium.launch({ executablePath, ...options, args });
}
