import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import { findChromium } from "./chromiumPath.ts";

// The first is for root, as on many CI machines; the others keep it off a network that may be closed.
const args = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

/** Launches a headless Chromium; the caller closes it. */
export function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("No Chromium: run the tests with `npm test`");
  return chromium.launch({ executablePath, ...options, args: [...args, ...(options.args ?? [])] });
}
