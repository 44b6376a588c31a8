import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type BrowserContext, chromium } from "playwright-core";
import { chromiumFlags } from "../chromium/flags.ts";
import { findChromium } from "../chromium/path.ts";

/** A Chromium in which tabs are hidden, throttled, frozen and cached as they are for a person. */
export interface TabsChromium {
  /** Its one context. */
  context: BrowserContext;
  close: () => Promise<void>;
}

const args = [
  "--headless",
  "--remote-debugging-port=0",
  // A ring that turns costs a frame of all its machine can do, sixty times a second.
  "--force-prefers-reduced-motion",
  // A page of its own behind each window's address bar, which nobody sees here.
  "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
  ...chromiumFlags,
];

/**
 * Starts it without Playwright's own flags and emulations, under which every tab is visible for
 * ever and nothing is cached or throttled; `more` are further flags.
 */
export async function startTabsChromium(more: readonly string[] = []): Promise<TabsChromium> {
  const executable = findChromium();
  if (executable === undefined) throw new Error("No Chromium: run the tests with `npm test`");
  const profile = mkdtempSync(join(tmpdir(), "tabs-chromium-"));
  const child = spawn(executable, [...args, ...more, `--user-data-dir=${profile}`, "about:blank"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  const browser = await chromium.connectOverCDP(await readEndpoint(child), { noDefaults: true });
  const [context] = browser.contexts();
  if (!context) throw new Error("Chromium has no context");

  return {
    context,
    async close() {
      // Its own children write to the profile until they close the pipe too.
      const ended = once(child, "close");
      child.kill("SIGTERM");
      await ended;
      process.off("exit", kill);
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

async function readEndpoint({ stderr }: ChildProcess): Promise<string> {
  const lines: string[] = [];
  if (stderr) {
    for await (const line of createInterface(stderr)) {
      const [, endpoint] = /DevTools listening on (ws:.*)$/.exec(line) ?? [];
      if (endpoint !== undefined) {
        stderr.resume();
        return endpoint;
      }
      lines.push(line);
    }
  }
  throw new Error(`Chromium did not start:\n${lines.join("\n")}`);
}
