import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ConsoleProcess, startConsole } from "../../support/console/process.ts";
import { visitConsole, warmUpConsole } from "../../support/console/page.ts";
import { quietPath, startUpstream, type Upstream } from "../../support/console/upstream.ts";
import { setUpChromium } from "../../support/chromium/shared.ts";

const projects = [
  { id: "built", name: "Built", directory: "/tmp", build: "sleep 0.2" },
  { id: "remote", name: "Remote", directory: "/tmp", run: "sleep 600" },
];

const browser = setUpChromium();
let upstream: Upstream;
let server: ConsoleProcess;

beforeAll(async () => {
  upstream = await startUpstream(projects);
  // The development backend would refuse to start with this projects file.
  const environment = { API_TARGET: upstream.url, ACTIVE_INDICATOR_PROJECTS: "/nowhere.json" };
  server = startConsole({ environment });
  await warmUpConsole(browser(), await server.address());
});

afterAll(async () => {
  await server.stop();
  await upstream.stop();
});

describe("the console in front of a real backend", () => {
  it("leaves the development backend out and shows what goes on at that one", async () => {
    const { page, button, indicator, context } = await visitConsole(
      browser(),
      await server.address(),
    );
    expect(await page.getByRole("article").count()).toBe(projects.length);
    await button("Build", "Built").click();
    await indicator.hasShown("Building (built)");
    await button("Start server", "Remote").click();
    await indicator.shows("Server running (remote)");
    await context.close();
  });

  it("comes back when the backend breaks, and shows on what was known until then", async () => {
    const { page, indicator, context } = await visitConsole(browser(), await server.address());
    await indicator.shows("Server running (remote)");
    const again = page.waitForResponse(/runs\/stream/);
    upstream.reset();
    await again;
    await indicator.shows("Server running (remote)");
    expect(await indicator.labels()).toEqual(["Server running (remote)"]);
    await context.close();
  });

  it("opens a stream before its first byte, and breaks it when the backend does", async () => {
    const context = await browser().newContext({ baseURL: await server.address() });
    const page = await context.newPage();
    await page.goto("/");
    const opened = await page.evaluate(openStream, quietPath);
    expect(opened).toBe("open");
    const next = page.evaluate(() => window.nextOfStream);
    upstream.reset();
    expect(await next).toBe("error");
    await context.close();
  });
});

declare global {
  interface Window {
    nextOfStream?: Promise<string>;
  }
}

/** Runs in the page: opens a stream and tells what comes first, and leaves what comes next. */
async function openStream(path: string): Promise<string> {
  const source = new EventSource(path);
  const next = () =>
    new Promise<string>((resolve) => {
      for (const type of ["open", "message", "error"])
        source.addEventListener(type, () => resolve(type), { once: true });
    });
  const first = await next();
  window.nextOfStream = next();
  return first;
}
