import { afterAll, afterEach, beforeAll } from "vitest";
import { type ConsoleClient, createConsoleClient } from "./client.ts";
import { type ConsoleVisit, visitConsole } from "./page.ts";
import { type ConsoleProcess, startConsole } from "./process.ts";
import { type ConsoleProjects, makeConsoleProjects } from "./projects.ts";
import { closeContexts, setUpChromium } from "../chromium/shared.ts";

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
  origin: string;
  client: ConsoleClient;
}

/**
 * Starts the console for all tests of the file that calls it, and ends it after. What a test has
 * begun in it, and opened in the browser, is ended after that test.
 */
export function serveConsole(): RunningConsole {
  const browser = setUpChromium();
  let started: Parts | undefined;
  const parts = (): Parts => {
    if (!started) throw new Error("The console runs in tests and hooks only.");
    return started;
  };
  beforeAll(async () => {
    started = await startParts();
  });
  afterEach(async () => {
    await closeContexts(browser());
    await settle(parts());
  });
  afterAll(async () => {
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
    visit: () => visitConsole(browser(), parts().origin),
  };
}

async function startParts(): Promise<Parts> {
  const projects = makeConsoleProjects();
  const environment = { ACTIVE_INDICATOR_PROJECTS: projects.file };
  const server = startConsole({ environment, isBuilt: true });
  const origin = await server.address();
  return { projects, server, origin, client: await createConsoleClient(origin) };
}

async function settle({ projects, client }: Parts): Promise<void> {
  projects.openGate();
  await client.settle();
  projects.closeGate();
}
