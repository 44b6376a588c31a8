import type { AddressInfo } from "node:net";

import { serve } from "@hono/node-server";
import { onTestFinished } from "vitest";

import { type BackendOptions, createBackend } from "../../../src/dev-backend/backend.ts";
import { type Client, createClient } from "./client.ts";

/** A backend on a real port, for the length of one test. */
export interface TestServer {
  /** Such as `http://127.0.0.1:40123`. */
  origin: string;
  port: number;
  /** A client without a session. */
  client(): Client;
  /** A client that has signed in. */
  signIn(): Promise<Client>;
  dispose(): Promise<void>;
}

/** Serves a backend on a free port of 127.0.0.1; it is gone when the test has finished. */
export async function startServer(options: BackendOptions): Promise<TestServer> {
  const backend = createBackend({ graceMs: 300, ...options });
  const { server, port } = await listen((request) => backend.fetch(request));
  const origin = `http://127.0.0.1:${port}`;

  onTestFinished(async () => {
    await backend.dispose();
    if ("closeAllConnections" in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    origin,
    port,
    client: () => createClient(origin),
    async signIn() {
      const client = createClient(origin);
      await client.post("/auth/login", { login: "ada" });
      return client;
    },
    dispose: () => backend.dispose(),
  };
}

async function listen(fetch: (request: Request) => Response | Promise<Response>) {
  let server: ReturnType<typeof serve> | undefined;
  const { port } = await new Promise<AddressInfo>((resolve) => {
    server = serve(
      { fetch, port: 0, hostname: "127.0.0.1", overrideGlobalObjects: false },
      resolve,
    );
  });
  if (!server) throw new Error("There is no server although it listens.");
  return { server, port };
}
