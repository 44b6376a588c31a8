import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { build, finished, listBuilds } from "./support/builds.ts";
import { makeDirectory, makeProject, nodeCommand } from "./support/projects.ts";
import { startServer } from "./support/startServer.ts";

function makeGate(directory: string, name: string): void {
  writeFileSync(join(directory, name), "");
}

describe("builds", () => {
  it("runs one at a time, and the others wait as pending", async () => {
    const gate = makeDirectory();
    const waits = `while [ ! -e ${gate}/$0 ]; do sleep 0.02; done`;
    const projects = ["a", "b", "c"].map((id) =>
      makeProject({ id, name: id, build: `sh -c '${waits}' ${id}` }),
    );
    const client = await (await startServer({ projects })).signIn();
    const statuses = async () => (await listBuilds(client)).map((each) => each.status);

    const [a, b, c] = [
      await build(client, "a"),
      await build(client, "b"),
      await build(client, "c"),
    ];
    expect([a, b, c].map((each) => each.status)).toEqual(["running", "pending", "pending"]);
    expect(await statuses()).toEqual(["pending", "pending", "running"]);

    makeGate(gate, "a");
    await finished(client, a.id);
    expect(await statuses()).toEqual(["pending", "running", "succeeded"]);
    makeGate(gate, "b");
    makeGate(gate, "c");
    await finished(client, c.id);
    expect(await statuses()).toEqual(["succeeded", "succeeded", "succeeded"]);
  });

  it("lists them newest first", async () => {
    const client = await (
      await startServer({ projects: [makeProject({ build: "true" })] })
    ).signIn();
    const [first, second] = [await build(client), await build(client)];
    expect((await listBuilds(client)).map(({ id }) => id)).toEqual([second.id, first.id]);
  });

  it("tells when a short build was queued, started and finished", async () => {
    const project = makeProject({ build: nodeCommand("setTimeout(() => {}, 40)") });
    const client = await (await startServer({ projects: [project] })).signIn();
    const done = await finished(client, (await build(client)).id);
    expect(done).toMatchObject({ projectId: "shop", status: "succeeded" });
    const times = [done.createdAt, done.startedAt ?? "", done.finishedAt ?? ""];
    expect(times.toSorted()).toEqual(times);
    expect(Date.parse(done.finishedAt ?? "") - Date.parse(done.startedAt ?? "")).toBeGreaterThan(
      39,
    );
  });

  it.each([
    [
      "its last line",
      nodeCommand('console.log("a"); console.error("page 3 is empty"); process.exit(2)'),
      /^page 3 is empty \(.* exited with 2\)$/,
    ],
    [
      "the error rather than the stack",
      nodeCommand('throw new Error("no such page")'),
      /^Error: no such page \(.* exited with 1\)$/,
    ],
    [
      "a missing command",
      "no-such-tool --fast",
      /not found \(no-such-tool --fast exited with 127\)$/,
    ],
    ["the code alone when it is silent", "exit 3", /^exit 3 exited with 3\.$/],
    ["the signal", "kill -9 $$", /^kill -9 \$\$ was ended by SIGKILL\.$/],
  ])("says why a build failed: %s", async (_, command, message) => {
    const client = await (
      await startServer({ projects: [makeProject({ build: command })] })
    ).signIn();
    const done = await finished(client, (await build(client)).id);
    expect(done).toMatchObject({ status: "failed", error: expect.stringMatching(message) });
  });

  it.each(["gone", "file", "file/inside", "loop"])(
    "fails a build whose directory is lost (%s), and goes on with the next",
    async (name) => {
      const place = makeDirectory({ file: "" });
      symlinkSync("loop", join(place, "loop"));
      const directory = join(place, name);
      const projects = [
        makeProject({ id: "lost", build: "true", directory }),
        makeProject({ build: "true" }),
      ];
      const client = await (await startServer({ projects })).signIn();
      const [lost, next] = [await build(client, "lost"), await build(client)];
      expect(await finished(client, lost.id)).toMatchObject({
        status: "failed",
        error: expect.stringContaining(`The directory ${directory} no longer exists. Restore`),
      });
      expect(await finished(client, next.id)).toMatchObject({ status: "succeeded" });
    },
  );

  it("answers 400 when the project has no build command", async () => {
    const client = await (await startServer({ projects: [makeProject({ run: "true" })] })).signIn();
    expect(await client.post("/projects/shop/build")).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(/no build command.*projects file, then restart/) },
    });
  });

  it("does not hand NODE_ENV on, which the host sets to development", async () => {
    const command = nodeCommand("process.exit(process.env.NODE_ENV === undefined ? 0 : 1)");
    const client = await (
      await startServer({ projects: [makeProject({ build: command })] })
    ).signIn();
    expect(process.env["NODE_ENV"]).toBeDefined();
    expect(await finished(client, (await build(client)).id)).toMatchObject({ status: "succeeded" });
  });
});
