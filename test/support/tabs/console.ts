import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { type ConsoleClient, createConsoleClient } from "../console/client.ts";
import { signIn } from "../console/page.ts";
import { startConsole } from "../console/process.ts";
import { type ConsoleProjects, makeConsoleProjects } from "../console/projects.ts";
import { until } from "../console/waiting.ts";
import { startPlainHost } from "../pages/plainHost.ts";
import { recordIndicator } from "../pages/observeInPage.ts";
import { startTabsChromium } from "./chromium.ts";
import { watchTab } from "./inPage.ts";
import { type ConsoleTab, toConsoleTab } from "./page.ts";

/** What every header says when nothing else goes on: a server runs, all the time. */
export const steadyLabel = "Server running (alpha)";

/** A console with a server running, and a browser for its tabs. */
export interface TabsConsole extends Pick<ConsoleProjects, "openGate" | "closeGate"> {
  readonly client: ConsoleClient;
  readonly context: BrowserContext;
  /** Opens the console in a new tab in front, or in a window of its own, and signs in if need be. */
  open: (where?: "tab" | "window") => Promise<ConsoleTab>;
  /** Starts the server of a project past the pages. Resolves to what stops it. */
  startServer: (project: string) => Promise<() => Promise<void>>;
  /** Waits until so many streams are open at the server. */
  untilStreams: (count: number) => Promise<void>;
}

/**
 * Serves the console to the tests of the file that calls it. `flags` are Chromium's. With a `host`
 * its pages come from there, over plain http, and not from this machine.
 */
export function serveTabs(flags: readonly string[] = [], host?: string): TabsConsole {
  let started: TabsConsole | undefined;
  const cleanups: (() => unknown)[] = [];
  const parts = (): TabsConsole => {
    if (!started) throw new Error("The console runs in tests and hooks only.");
    return started;
  };

  beforeAll(async () => {
    const projects = makeConsoleProjects();
    cleanups.push(projects.remove);
    const environment = { ACTIVE_INDICATOR_PROJECTS: projects.file };
    const server = startConsole({ environment, isBuilt: true });
    cleanups.push(server.stop);
    const where = host === undefined ? [] : [`--host-resolver-rules=MAP ${host} 127.0.0.1`];
    const chromium = await startTabsChromium([...flags, ...where]);
    cleanups.push(chromium.close);
    const origin = await server.address();
    const plain = host === undefined ? undefined : await startPlainHost(host, origin);
    if (plain) cleanups.push(plain.stop);
    const client = await createConsoleClient(origin);
    const { openGate, closeGate } = projects;
    started = {
      ...createTabsConsole(plain?.origin ?? origin, chromium.context, client),
      openGate,
      closeGate,
    };
    await prepare(chromium.context);
    await started.startServer("alpha");
  });
  afterAll(async () => {
    // oxlint-disable-next-line no-await-in-loop -- in this order
    for (const cleanUp of cleanups.toReversed()) await cleanUp();
  });

  return {
    get client() {
      return parts().client;
    },
    get context() {
      return parts().context;
    },
    open: (where) => parts().open(where),
    startServer: (project) => parts().startServer(project),
    untilStreams: (count) => parts().untilStreams(count),
    openGate: () => parts().openGate(),
    closeGate: () => parts().closeGate(),
  };
}

async function prepare(context: BrowserContext): Promise<void> {
  await context.addInitScript(watchTab);
  await context.addInitScript(recordIndicator);
}

function createTabsConsole(
  origin: string,
  context: BrowserContext,
  client: ConsoleClient,
): Omit<TabsConsole, keyof ConsoleProjects> {
  return {
    client,
    context,
    async open(where = "tab") {
      const page = where === "tab" ? await context.newPage() : await openWindow(context);
      page.setDefaultTimeout(15_000);
      page.setDefaultNavigationTimeout(60_000);
      await page.goto(origin);
      await page.getByText("Sign out").or(page.getByLabel("Your name")).waitFor();
      if (await page.getByLabel("Your name").isVisible()) await signIn(page);
      const tab = await toConsoleTab(page);
      await tab.says(steadyLabel);
      return tab;
    },
    async startServer(project) {
      const response = await client.post(`/projects/${project}/run`);
      const { run }: { run: { id: string } } = JSON.parse(await response.text());
      const { id } = run;
      return async () => void (await client.post(`/runs/${id}/stop`));
    },
    untilStreams: (count) =>
      until(async () => (await client.counters()).openStreams === count, `${count} open streams`),
  };
}

async function openWindow(context: BrowserContext): Promise<Page> {
  const [some] = context.pages();
  if (!some) throw new Error("There is no page to open a window from");
  const cdp = await context.newCDPSession(some);
  const opened = context.waitForEvent("page");
  await cdp.send("Target.createTarget", { url: "about:blank", newWindow: true });
  await cdp.detach();
  return opened;
}
