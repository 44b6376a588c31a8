import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { expect, it, vi } from "vitest";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { startBackendSync } from "../../../src/sync/startBackendSync.ts";
import { createFaultEnvironment } from "../../support/faults/environment.ts";
import { startFakeSync } from "../../support/sync/harness.ts";

/** The machine may have much else to do. */
const soon = { timeout: 10_000 };
vi.setConfig({ testTimeout: 30_000 });

async function collectPolls(count: number): Promise<IncomingMessage[]> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    if (request.url?.endsWith("/builds")) requests.push(request);
    response.writeHead(200, { "content-type": "application/json" }).end('{"builds":[]}');
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const sync = startBackendSync({
    store: createActivityStore(),
    environment: createFaultEnvironment(),
    baseUrl: `http://127.0.0.1:${port}/api`,
    pollIntervalMs: 5,
  });
  await expect.poll(() => requests.length, soon).toBeGreaterThanOrEqual(count);
  sync.stop();
  server.close();
  server.closeAllConnections();
  return requests;
}

it("asks for the very same URL each time: nothing in it is there to miss a cache", async () => {
  const requests = await collectPolls(3);
  expect(new Set(requests.map(({ method, url }) => `${method} ${url}`))).toEqual(
    new Set(["GET /api/builds"]),
  );
});

it("asks the server each time, whatever the browser's cache has", async () => {
  const [request] = await collectPolls(1);
  expect(request?.headers["cache-control"]).toBe("max-age=0");
  expect(request?.headers).not.toHaveProperty("pragma");
});

it("leaves headers and If-None-Match to the browser, so that an unchanged list costs a 304", () => {
  const { environment } = startFakeSync();
  const { signal: _, ...init } = environment.request().init;
  expect(init).toEqual({ cache: "no-cache" });
});
