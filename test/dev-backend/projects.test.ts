import { describe, expect, it } from "vitest";

import { makeProject } from "./support/projects.ts";
import { startServer } from "./support/startServer.ts";

describe("projects", () => {
  it("lists them in order, with what can be done with each and without their commands", async () => {
    const projects = [
      makeProject({ id: "b", name: "B", build: "true", description: "The second" }),
      makeProject({ id: "a", name: "A", run: "true" }),
    ];
    const client = await (await startServer({ projects })).signIn();
    expect((await client.get("/projects")).body).toEqual({
      projects: [
        { id: "b", name: "B", description: "The second", canBuild: true, canRun: false },
        { id: "a", name: "A", canBuild: false, canRun: true },
      ],
    });
  });

  it("answers one by its id", async () => {
    const client = await (await startServer({ projects: [makeProject({ run: "true" })] })).signIn();
    expect(await client.get("/projects/shop")).toMatchObject({
      status: 200,
      body: { project: { id: "shop", name: "Shop" } },
    });
  });

  it.each(["build", "run", "scan", "sync"])("answers 404 to %s of an unknown one", async (verb) => {
    const client = await (await startServer({ projects: [] })).signIn();
    expect(await client.post(`/projects/none/${verb}`)).toMatchObject({
      status: 404,
      body: { error: expect.stringContaining('"none"') },
    });
  });

  it("answers 404 to an unknown one that is asked for", async () => {
    const client = await (await startServer({ projects: [] })).signIn();
    expect(await client.get("/projects/none")).toMatchObject({ status: 404 });
  });
});

describe("scan", () => {
  it("counts the project's own files and their bytes", async () => {
    const project = makeProject(
      { run: "true" },
      {
        "a.txt": "12345",
        "src/deep/b.txt": "678",
        "node_modules/x/index.js": "not counted",
        ".git/HEAD": "not counted",
        "dist/index.html": "not counted",
      },
    );
    const client = await (await startServer({ projects: [project] })).signIn();
    const scan = await client.post("/projects/shop/scan");
    expect(scan.status).toBe(200);
    expect(scan.body.project).toMatchObject({ id: "shop", name: "Shop", files: 2, bytes: 8 });
    expect(Date.parse(scan.body.project.scannedAt)).toBeLessThanOrEqual(Date.now());
  });

  it("is remembered with the project", async () => {
    const project = makeProject({ run: "true" }, { "a.txt": "1" });
    const client = await (await startServer({ projects: [project] })).signIn();
    const scan = await client.post("/projects/shop/scan");
    expect((await client.get("/projects/shop")).body).toEqual(scan.body);
  });

  it("answers 400 when the directory has gone", async () => {
    const project = makeProject({ run: "true", directory: "/nowhere/at-all" });
    const client = await (await startServer({ projects: [project] })).signIn();
    expect(await client.post("/projects/shop/scan")).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(/The directory \/nowhere\/at-all no longer exists/) },
    });
  });
});
