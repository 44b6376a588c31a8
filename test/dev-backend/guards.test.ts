import { request } from "node:http";

import { describe, expect, it } from "vitest";

import { startServer } from "./support/startServer.ts";

/** With headers that fetch would not send. */
function statusOf(port: number, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = { port, host: "127.0.0.1", path: "/api/auth/status", headers };
    request(options, (response) => resolve(response.resume().statusCode))
      .on("error", reject)
      .end();
  });
}

describe("who may ask", () => {
  it.each(["evil.example", "127.0.0.1.evil.example:80", "localhost.evil.example", "10.0.0.1:5173"])(
    "refuses the host %s",
    async (host) => {
      const { port } = await startServer({ projects: [] });
      expect(await statusOf(port, { host })).toBe(403);
    },
  );

  it.each(["127.0.0.1", "localhost:5173", "[::1]:4173"])("serves the host %s", async (host) => {
    const { port } = await startServer({ projects: [] });
    expect(await statusOf(port, { host })).toBe(200);
  });

  it.each(["http://evil.example", "https://localhost:5173", "http://localhost:9999", "null"])(
    "refuses the origin %s",
    async (origin) => {
      const { port } = await startServer({ projects: [] });
      expect(await statusOf(port, { host: "localhost:5173", origin })).toBe(403);
    },
  );

  it("serves its own origin", async () => {
    const { port } = await startServer({ projects: [] });
    const headers = { host: "localhost:5173", origin: "http://localhost:5173" };
    expect(await statusOf(port, headers)).toBe(200);
  });

  it("answers 413 to a body over 16 KiB", async () => {
    const server = await startServer({ projects: [] });
    const answer = await server.client().post("/auth/login", { login: "x".repeat(20_000) });
    expect(answer).toMatchObject({ status: 413, body: { error: expect.any(String) } });
  });

  it("answers 404 in JSON to what is not in the contract", async () => {
    const client = await (await startServer({ projects: [] })).signIn();
    const answer = await client.post("/deployments");
    expect(answer).toMatchObject({ status: 404, body: { error: expect.stringContaining("POST") } });
  });
});
