import { describe, expect, it } from "vitest";

import { createSessions } from "../../src/dev-backend/sessions.ts";
import { startServer } from "./support/startServer.ts";

const signedOut = {
  provider: "development",
  configured: true,
  authenticated: false,
  login: null,
  authorizeUrl: null,
};

describe("signing in and out", () => {
  it("says that nobody is signed in to a browser without a session", async () => {
    const server = await startServer({ projects: [] });
    expect(await server.client().get("/auth/status")).toMatchObject({
      status: 200,
      body: signedOut,
    });
  });

  it("signs in under any name and keeps the session out of reach of scripts", async () => {
    const client = (await startServer({ projects: [] })).client();
    const login = await client.post("/auth/login", { login: "  ada " });
    expect(login).toMatchObject({ status: 200, body: { authenticated: true, login: "ada" } });
    expect(login.headers.get("set-cookie")).toMatch(
      /=[\w-]{36}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect((await client.get("/auth/status")).body).toEqual(login.body);
  });

  it("names the cookie after the port, since cookies ignore ports", async () => {
    const server = await startServer({ projects: [] });
    const { headers } = await server.client().post("/auth/login", { login: "ada" });
    expect(headers.get("set-cookie")).toContain(`session-${server.port}=`);
  });

  it.each([
    ["no name", { login: " " }],
    ["a name of 65 characters", { login: "x".repeat(65) }],
    ["a number", { login: 7 }],
    ["nothing", {}],
    ["no JSON", "{"],
  ])("answers 400 to a login with %s", async (_, body) => {
    const client = (await startServer({ projects: [] })).client();
    const answer = await client.post("/auth/login", body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatch(/login/);
  });

  it.each(["/projects", "/projects/shop", "/builds", "/runs/stream", "/nothing"])(
    "answers 401 to GET %s without a session",
    async (path) => {
      const answer = await (await startServer({ projects: [] })).client().get(path);
      expect(answer).toMatchObject({
        status: 401,
        body: { error: expect.stringMatching(/Sign in/) },
      });
    },
  );

  it.each(["build", "run", "scan", "sync"])("answers 401 to POST %s without one", async (verb) => {
    const server = await startServer({ projects: [] });
    expect(await server.client().post(`/projects/shop/${verb}`)).toMatchObject({ status: 401 });
  });

  it("ends the session at logout, for whoever still has the cookie", async () => {
    const server = await startServer({ projects: [] });
    const client = server.client();
    const login = await client.post("/auth/login", { login: "ada" });
    const cookie = login.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect(await client.post("/auth/logout")).toMatchObject({ status: 200, body: signedOut });
    expect(await server.client().get("/builds", { cookie })).toMatchObject({ status: 401 });
  });

  it("ends the session that was unused for longest when there are too many", () => {
    const sessions = createSessions(2);
    const [first, second] = [sessions.open("a"), sessions.open("b")];
    sessions.find(first.id);
    sessions.open("c");
    expect(sessions.find(first.id)?.login).toBe("a");
    expect(sessions.find(second.id)).toBeUndefined();
    expect(second.ended.aborted).toBe(true);
  });
});
