// A host that follows a WebSocket, as its users see it in two tabs. The other hosts, over HTTP, are
// in test/sync/adopters.
import { fileURLToPath } from "node:url";
import type { BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type AdopterServer, startAdopterServer } from "../support/adopters/server.ts";
import type { Task } from "../support/adopters/wire.ts";
import { serveHostPage } from "../support/pages/hostPage.ts";
import { setUpChromium } from "../support/chromium/shared.ts";
import type { PageServer } from "../support/pages/servePage.ts";

const adopter = fileURLToPath(new URL("../support/adopters/socket.ts", import.meta.url));

const script = `
  import { activityStore, startBackendSync } from "active-indicator";
  import { ActiveActionIndicator } from "active-indicator/react";
  import "active-indicator/style.css";
  import { createRoot } from "react-dom/client";
  import { followSocket } from ${JSON.stringify(adopter)};

  startBackendSync({ store: activityStore, ...followSocket(location.hash.slice(1)) });
  createRoot(document.getElementById("root")).render(<ActiveActionIndicator />);
`;

const browser = setUpChromium();
let context: BrowserContext;
let page: PageServer;
let server: AdopterServer;

beforeAll(async () => {
  page = await serveHostPage([{ script }]);
});
beforeEach(async () => {
  [context, server] = await Promise.all([browser().newContext(), startAdopterServer()]);
});
afterEach(async () => {
  await context.close();
  server.close();
});
afterAll(() => page.close());

/** A tab of the host's; what its header says, in one line. */
async function openTab() {
  const tab = await context.newPage();
  await tab.goto(`${page.origin}/#${server.origin}`);
  const chip = tab.locator(".active-indicator-chip");
  return { tab, text: async () => (await chip.innerText()).replaceAll(/\s+/g, " ").trim() };
}

const job = (id: string, state: Task["state"]): Task => ({ id, title: "shop", state });
const both = (text: string) => [text, text];
// A lost source is tried again within ten seconds.
const soon = { timeout: 20_000, interval: 100 };

it("shows a WebSocket's jobs in two tabs by one connection", async () => {
  const [first, second] = [await openTab(), await openTab()];
  const texts = () => Promise.all([first.text(), second.text()]);
  await expect.poll(texts, soon).toEqual(both("Idle"));
  server.set([job("1", "queued")]);
  await expect.poll(texts, soon).toEqual(both("Task queued (shop)"));
  server.set([job("1", "working")]);
  await expect.poll(texts, soon).toEqual(both("Task working (shop)"));
  expect(server.connections()).toBe(1);
  server.set([job("1", "failed"), job("2", "working")]);
  await expect.poll(texts, soon).toEqual(both("Task working (shop) 1 failed"));
});

it("says that its jobs are last known while the socket is lost, and follows a new one", async () => {
  const { text } = await openTab();
  server.set([job("1", "working")]);
  await expect.poll(text, soon).toBe("Task working (shop)");
  server.goDown();
  await expect.poll(text, soon).toBe("Task working (shop) last known");
  server.set([job("1", "failed")]);
  server.comeBack();
  await expect.poll(text, soon).toBe("Idle 1 failed");
});

it("goes on in the other tab once the one that has the socket is closed", async () => {
  const [first, second] = [await openTab(), await openTab()];
  server.set([job("1", "queued")]);
  await expect.poll(second.text, soon).toBe("Task queued (shop)");
  await first.tab.close();
  await expect.poll(server.connections, soon).toBe(1);
  server.set([job("1", "working")]);
  await expect.poll(second.text, soon).toBe("Task working (shop)");
});
