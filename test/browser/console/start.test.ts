import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startConsole } from "../../support/console/process.ts";

function makeDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "console-start-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** How the console ends, and what it says, when it is given this projects file. */
async function startWith(file: string) {
  const server = startConsole({ environment: { ACTIVE_INDICATOR_PROJECTS: file } });
  onTestFinished(server.stop);
  return { ending: await server.ended, output: server.output() };
}

describe("a projects file that cannot be used", () => {
  it("stops the start with the file's name and the remedy, when it is missing", async () => {
    const file = join(makeDirectory(), "nowhere.json");
    const { ending, output } = await startWith(file);
    expect(ending).toBe(1);
    expect(output).toContain(`ACTIVE_INDICATOR_PROJECTS names ${file}, but it cannot be read`);
    expect(output).toContain("Correct the path, or unset ACTIVE_INDICATOR_PROJECTS");
    expect(output).not.toMatch(/\n\s+at /);
  });

  it("stops the start with the file's name and the place, when it is not JSON", async () => {
    const file = join(makeDirectory(), "projects.json");
    writeFileSync(file, '[{ "id": "shop", }]');
    const { ending, output } = await startWith(file);
    expect(ending).toBe(1);
    expect(output).toMatch(/projects\.json, but it is not JSON: .*position 17.*Correct it there\./);
    expect(output).not.toMatch(/\n\s+at /);
  });

  it("stops the start with file, entry and remedy, when an entry is wrong", async () => {
    const directory = makeDirectory();
    const file = join(directory, "projects.json");
    const good = { id: "good", name: "Good", directory, build: "true" };
    writeFileSync(file, JSON.stringify([good, { ...good, id: "shop", biuld: "true" }]));
    const { ending, output } = await startWith(file);
    expect(ending).toBe(1);
    expect(output).toContain(`ACTIVE_INDICATOR_PROJECTS names ${file}, but it is wrong`);
    expect(output).toMatch(/entry \[1\] \(id "shop"\): "biuld" is not known here; remove it/);
    expect(output).not.toContain("entry [0]");
    expect(output).not.toMatch(/\n\s+at /);
  });
});

describe("the address", () => {
  it("is port 5173 by default, and no other port if that is taken", async () => {
    const server = startConsole({ args: [] });
    onTestFinished(server.stop);
    // Whichever comes first: somebody on this machine may have a console open.
    const outcome = await Promise.race([server.address(), server.ended.then(server.output)]);
    expect(outcome).toMatch(/^http:\/\/127\.0\.0\.1:5173$|Port 5173 is already in use/);
  });

  it.each([
    ["on its own backend", "npm start", {}],
    ["on a real backend", "npm start", { environment: { API_TARGET: "http://127.0.0.1:9" } }],
    ["in its preview", "npm run preview", { isBuilt: true }],
  ])("stops the start with what to do, when it is taken (%s)", async (_, command, how) => {
    const port = await takePort();
    const server = startConsole({ ...how, args: ["--port", `${port}`] });
    onTestFinished(server.stop);
    expect(await server.ended).toBe(1);
    expect(server.output()).toContain(`Port ${port} is already in use`);
    expect(server.output()).toContain(`${command} -- --port ${port + 1}`);
    expect(server.output()).not.toMatch(/\n\s+at /);
  });

  it("is on 127.0.0.1 alone", async () => {
    const server = startConsole();
    onTestFinished(server.stop);
    const { hostname, port } = new URL(await server.address());
    expect(hostname).toBe("127.0.0.1");
    expect(await canConnect("127.0.0.1", Number(port))).toBe(true);
    // On Linux all of 127.0.0.0/8 is this machine.
    expect(await canConnect("127.0.0.2", Number(port))).toBe(false);
  });
});

/** Listens on a free port of 127.0.0.1 for the length of one test. */
async function takePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
