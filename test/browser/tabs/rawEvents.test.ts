// The events of the one stream, in real tabs of a page of a host's own.
import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { setUpChromium } from "../../support/chromium/shared.ts";
import { serveHostPage } from "../../support/pages/hostPage.ts";
import type { PageServer } from "../../support/pages/servePage.ts";

declare global {
  interface Window {
    /** The lines of the log that the page has got. */
    lines: string[];
  }
}

const scriptFor = (baseUrl: string) => `
  import { activityStore, startBackendSync } from "active-indicator";

  const sync = startBackendSync({ store: activityStore, baseUrl: "${baseUrl}" });
  window.indicatorStore = activityStore;
  window.lines = [];
  sync.onEvent("runs", "run-log", (data) => window.lines.push(data));
`;

/** The machine may have much else to do. */
const soon = { timeout: 20_000 };
const browser = setUpChromium();
const streams = new Set<ServerResponse>();
let backend: Server;
let host: PageServer;
let context: BrowserContext;

beforeAll(async () => {
  backend = createServer(({ url }, response) => {
    const isStream = url === "/api/runs/stream";
    const type = isStream ? "text/event-stream" : "application/json";
    response.writeHead(200, { "content-type": type, "access-control-allow-origin": "*" });
    if (!isStream) return response.end('{"builds":[]}');
    streams.add(response);
    response.on("close", () => streams.delete(response));
    return response.write('event: init\ndata: {"runs":[]}\n\n');
  }).listen(0, "127.0.0.1");
  await once(backend, "listening");
  const address = backend.address();
  const port = typeof address === "object" ? address?.port : undefined;
  host = await serveHostPage([{ script: scriptFor(`http://127.0.0.1:${port}/api`) }]);
  context = await browser().newContext();
});
afterAll(() => {
  host.close();
  backend.close();
  backend.closeAllConnections();
});

async function openTab(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(host.origin);
  await expect.poll(() => page.evaluate(statusOfRuns), soon).toBe("live");
  return page;
}

function statusOfRuns(): string | undefined {
  return window.indicatorStore.getState().connection["runs"]?.status;
}

function send(line: string): void {
  for (const stream of streams) stream.write(`event: run-log\ndata: ${line}\n\n`);
}

const linesOf = (page: Page) => () => page.evaluate(() => window.lines);

it("come once to each tab by one stream, and go on when the tab that has it is closed", async () => {
  const leader = await openTab();
  const follower = await openTab();
  expect(streams.size).toBe(1);
  send("1");
  send("2");
  await expect.poll(linesOf(follower), soon).toEqual(["1", "2"]);
  await expect.poll(linesOf(leader), soon).toEqual(["1", "2"]);
  await leader.close();
  const third = await openTab();
  await expect.poll(() => streams.size, soon).toBe(1);
  send("3");
  await expect.poll(linesOf(follower), soon).toEqual(["1", "2", "3"]);
  await expect.poll(linesOf(third), soon).toEqual(["3"]);
});
