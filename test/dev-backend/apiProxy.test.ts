import { createServer, type RequestListener, type Server } from "node:http";

import { createServer as createVite } from "vite";
import { describe, expect, it, onTestFinished } from "vitest";

import { apiProxy } from "../../src/dev-backend/apiProxy.ts";
import { createClient } from "./support/client.ts";
import { makeDirectory } from "./support/projects.ts";
import { readEvents } from "./support/readEvents.ts";
import { startServer } from "./support/startServer.ts";
import { until } from "./support/waiting.ts";

/** Vite with the proxy in front of that target. */
async function startProxy(target: string): Promise<string> {
  const root = makeDirectory({ "index.html": "" });
  const vite = await createVite({
    configFile: false,
    root,
    cacheDir: `${root}/.vite`,
    logLevel: "silent",
    server: { host: "127.0.0.1", port: 0, ws: false, proxy: apiProxy(target) },
  });
  onTestFinished(() => vite.close());
  await vite.listen();
  return vite.resolvedUrls?.local[0]?.replace(/\/$/, "") ?? "";
}

async function startUpstream(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It has no port.");
  return { url: `http://127.0.0.1:${address.port}`, server };
}

describe("the proxy to a real backend", () => {
  it("passes on what the page asks for, its cookie and its own origin", async () => {
    const backend = await startServer({ projects: [] });
    const origin = await startProxy(backend.origin);
    const client = createClient(origin);
    const login = await client.post("/auth/login", { login: "ada" }, { origin });
    expect(login).toMatchObject({ status: 200, body: { login: "ada" } });
    expect(await client.get("/builds")).toMatchObject({ status: 200 });
  });

  it("leaves a foreign origin for the backend to judge", async () => {
    const backend = await startServer({ projects: [] });
    const client = createClient(await startProxy(backend.origin));
    const headers = { origin: "http://evil.example" };
    expect(await client.post("/auth/login", { login: "ada" }, headers)).toMatchObject({
      status: 403,
    });
  });

  it("passes on the headers of a stream before its first event", async () => {
    const { url } = await startUpstream((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
    });
    const response = await fetch(`${await startProxy(url)}/api/runs/stream`);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    await response.body?.cancel();
  });

  it("breaks the stream when the backend breaks it", async () => {
    const { url, server } = await startUpstream((_, response) => {
      response
        .writeHead(200, { "content-type": "text/event-stream" })
        .write("event: init\ndata: {}\n\n");
    });
    const response = await fetch(`${await startProxy(url)}/api/runs/stream`);
    const stream = readEvents(response, () => undefined);
    await stream.find(({ name }) => name === "init");
    server.closeAllConnections();
    await until(() => stream.isOver());
    expect(stream.events).toHaveLength(1);
  });

  it("closes the stream at the backend when the page leaves", async () => {
    const backend = await startServer({ projects: [] });
    const client = createClient(await startProxy(backend.origin));
    await client.post("/auth/login", { login: "ada" });
    const counters = async () => (await client.get("/dev/counters")).body;
    const stream = await client.stream();
    expect(await counters()).toMatchObject({ openStreams: 1 });
    stream.close();
    await until(async () => (await counters()).openStreams === 0);
  });

  it.each(["localhost:4000", "4000", "", "ftp://host", "http://"])(
    "refuses %j for an address and says what to write",
    (target) => {
      expect(() => apiProxy(target)).toThrow(
        `API_TARGET is "${target}", which is no http or https address. Write it in full, as in API_TARGET=http://127.0.0.1:4000`,
      );
    },
  );
});
