import { describe, expect, it } from "vitest";

import { build, finished } from "./support/builds.ts";
import { makeProject } from "./support/projects.ts";
import { startServer } from "./support/startServer.ts";

describe("the list of builds", () => {
  it("carries an ETag and a Date, and answers 304 until something changes", async () => {
    const client = await (
      await startServer({ projects: [makeProject({ build: "true" })] })
    ).signIn();
    await finished(client, (await build(client)).id);
    const { headers } = await client.get("/builds");
    const etag = headers.get("etag") ?? "";
    expect(etag).not.toBe("");
    expect(Date.parse(headers.get("date") ?? "")).not.toBeNaN();
    expect(headers.get("cache-control")).toBe("private, no-cache");

    const again = await client.get("/builds", { "if-none-match": etag });
    expect(again).toMatchObject({ status: 304, body: undefined });
    expect(again.headers.get("date")).not.toBeNull();
    expect(again.headers.get("etag")).toBe(etag);
    expect(again.headers.get("cache-control")).toBe("private, no-cache");
    await build(client);
    expect(await client.get("/builds", { "if-none-match": etag })).toMatchObject({ status: 200 });
  });

  it("is counted each time it is asked for, refused or not", async () => {
    const server = await startServer({ projects: [] });
    await (await server.signIn()).get("/builds");
    await server.client().get("/builds");
    expect((await server.client().get("/dev/counters")).body).toEqual({
      openStreams: 0,
      streamsOpened: 0,
      buildPolls: 2,
    });
  });
});
