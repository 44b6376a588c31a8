import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { type ConsoleClient, createConsoleClient } from "./consoleClient.ts";
import { type ConsoleVisit, visitConsole } from "./consolePage.ts";
import { startConsole } from "./consoleProcess.ts";
import { type ConsoleProjects, makeConsoleProjects } from "./consoleProjects.ts";
import { launchChromium } from "./launchChromium.ts";

/** The running console of one test file. */
export interface RunningConsole extends Pick<ConsoleProjects, "openGate" | "closeGate"> {
  origin: string;
  client: ConsoleClient;
  /** Signs in with a fresh browser context, which is gone after the test. */
  visit: () => Promise<ConsoleVisit>;
}

/**
 * Starts the console and a browser for all tests of the file that calls it. After each test all
 * that it has begun is ended.
 */
export function useConsole(): RunningConsole {
  const running: Partial<RunningConsole> = {};
  const cleanups: (() => unknown)[] = [];
  let browser: Browser;

  beforeAll(async () => {
    const projects = makeConsoleProjects();
    cleanups.push(projects.remove);
    const server = startConsole({ environment: { ACTIVE_INDICATOR_PROJECTS: projects.file } });
    cleanups.push(server.stop);
    browser = await launchChromium();
    cleanups.push(() => browser.close());
    const origin = await server.address();
    const client = await createConsoleClient(origin);
    Object.assign(running, { ...projects, origin, client });
    running.visit = () => visitConsole(browser, origin);
    // Vite prepares the modules now, so that no test has to wait for that.
    await (await running.visit()).context.close();
  });

  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    running.openGate?.();
    await running.client?.settle();
    running.closeGate?.();
  });

  afterAll(async () => {
    for (const cleanUp of cleanups.toReversed()) await cleanUp();
  });

  return running as RunningConsole;
}
