import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { type ConsoleClient, createConsoleClient } from "./client.ts";
import { type ConsoleVisit, visitConsole, warmUpConsole } from "./page.ts";
import { type ConsoleProcess, startConsole } from "./process.ts";
import { type ConsoleProjects, makeConsoleProjects } from "./projects.ts";
import { launchChromium } from "../chromium/launch.ts";

/** The running console of one test file. */
export interface RunningConsole {
  /** Such as `http://127.0.0.1:40123`. */
  readonly origin: string;
  readonly client: ConsoleClient;
  /** Lets builds of the project `gated` end, those of this test. */
  openGate: () => void;
  /** Signs in with a fresh browser context, which is gone after the test. */
  visit: () => Promise<ConsoleVisit>;
}

interface Parts {
  projects: ConsoleProjects;
  server: ConsoleProcess;
  browser: Browser;
  origin: string;
  client: ConsoleClient;
}

/**
 * Starts the console and a browser for all tests of the file that calls it, and ends them after.
 * What a test has begun in them is ended after that test.
 */
export function serveConsole(): RunningConsole {
  let started: Parts | undefined;
  const parts = (): Parts => {
    if (!started) throw new Error("The console runs in tests and hooks only.");
    return started;
  };
  beforeAll(async () => {
    started = await startParts();
    await warmUpConsole(started.browser, started.origin);
  });
  afterEach(() => settle(parts()));
  afterAll(async () => {
    await started?.browser.close();
    await started?.server.stop();
    started?.projects.remove();
  });

  return {
    get origin() {
      return parts().origin;
    },
    get client() {
      return parts().client;
    },
    openGate: () => parts().projects.openGate(),
    visit: () => visitConsole(parts().browser, parts().origin),
  };
}

async function startParts(): Promise<Parts> {
  const projects = makeConsoleProjects();
  const environment = { ACTIVE_INDICATOR_PROJECTS: projects.file };
  const server = startConsole({ environment, isBuilt: true });
  const [browser, origin] = await Promise.all([launchChromium(), server.address()]);
  return { projects, server, browser, origin, client: await createConsoleClient(origin) };
}

async function settle({ browser, projects, client }: Parts): Promise<void> {
  await Promise.all(browser.contexts().map((context) => context.close()));
  projects.openGate();
  await client.settle();
  projects.closeGate();
}
