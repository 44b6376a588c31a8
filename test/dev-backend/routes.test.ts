// What each route must bear of a client, whatever it is about.
import { describe, expect, it } from "vitest";

import { makeProject } from "./support/projects.ts";
import { sendAndLeave, sendRaw } from "./support/rawRequest.ts";
import { startServer } from "./support/startServer.ts";
import { until } from "./support/waiting.ts";

const posts = [
  "POST /auth/login",
  "POST /auth/logout",
  "POST /projects/shop/build",
  "POST /projects/shop/run",
  "POST /projects/shop/scan",
  "POST /projects/shop/sync",
  "POST /runs/none/stop",
];
const gets = [
  "GET /auth/status",
  "GET /projects",
  "GET /projects/shop",
  "GET /builds",
  "GET /runs/stream",
  "GET /dev/counters",
];
const login = ['{ "login": ', '"ada" }'];

/** A server with one project, somebody signed in, and the errors that no route expected. */
async function start() {
  const errors: Error[] = [];
  const projects = [makeProject({ build: "true", run: "true" })];
  const server = await startServer({ projects, reportError: (error) => void errors.push(error) });
  const client = await server.signIn();
  const { headers } = await client.post("/auth/login", { login: "ada" });
  const cookie = headers.get("set-cookie")?.split(";")[0] ?? "";
  const openStreams = async () => (await server.client().get("/dev/counters")).body.openStreams;
  return { port: server.port, cookie, errors, openStreams };
}

describe.each(posts)("%s", (call) => {
  it("takes a request without a body", async () => {
    const { errors, ...raw } = await start();
    expect((await sendRaw({ ...raw, call })).status).toBeLessThan(500);
    expect(errors).toEqual([]);
  });

  it("takes a body in chunks, whose length is not said beforehand", async () => {
    const { errors, ...raw } = await start();
    expect((await sendRaw({ ...raw, call, chunks: login })).status).toBeLessThan(500);
    expect(errors).toEqual([]);
  });

  it("takes a client that leaves in the middle of its body for no error", async () => {
    const { errors, openStreams, ...raw } = await start();
    await sendAndLeave({ ...raw, call, chunks: login.slice(0, 1) }, 30);
    await until(async () => (await openStreams()) === 0);
    expect(errors).toEqual([]);
  });
});

describe.each(gets)("%s", (call) => {
  it("is answered for HEAD with the same status and no body, and keeps nothing open", async () => {
    const { errors, openStreams, ...raw } = await start();
    const answer = await sendRaw({ ...raw, call: call.replace("GET", "HEAD") });
    expect(answer).toEqual({ status: 200, body: "" });
    expect(await openStreams()).toBe(0);
    expect(errors).toEqual([]);
  });

  it.each([0, 5])("keeps nothing open for clients that leave after %i ms", async (afterMs) => {
    const { errors, openStreams, ...raw } = await start();
    const leavers = Array.from({ length: 20 }, () => sendAndLeave({ ...raw, call }, afterMs));
    await Promise.all(leavers);
    await until(async () => (await openStreams()) === 0);
    expect(errors).toEqual([]);
  });
});

it("a login that grows over 16 KiB in chunks is answered with 413", async () => {
  const { port } = await start();
  const chunks = Array.from({ length: 5 }, () => "x".repeat(4_000));
  expect(await sendRaw({ port, call: "POST /auth/login", chunks })).toMatchObject({ status: 413 });
});

it("a login in chunks signs in, and a logout without a body signs out", async () => {
  const { port, cookie } = await start();
  const answer = await sendRaw({ port, call: "POST /auth/login", chunks: login });
  expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('"login":"ada"') });
  expect(await sendRaw({ port, cookie, call: "POST /auth/logout" })).toMatchObject({ status: 200 });
  expect(await sendRaw({ port, cookie, call: "GET /builds" })).toMatchObject({ status: 401 });
});
