// Vite's own template, React 19 and Zustand 5.
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { beforeAll, expect, inject, it, onTestFinished } from "vitest";
import ensureChromium from "../support/chromium/ensure.ts";
import { launchChromium } from "../support/chromium/launch.ts";
import { allWays, compile, toCompile, writeSnippets } from "../support/package/compile.ts";
import { createHost, hostTimeout, runTemplate, serverScripts } from "../support/package/host.ts";
import { type ServedFile, serveFiles } from "../support/pages/servePage.ts";

const host = createHost("vite");

beforeAll(async () => {
  await runTemplate("create-vite@9", "vite", "--template", "react-ts", "--no-interactive");
  await host.install("zustand@5", ...toCompile);
  await writeSnippets(host);
  await host.write(serverScripts);
}, hostTimeout);

it("builds with every snippet of the README", async () => {
  const main = await host.read("src/main.tsx");
  await host.write({
    "src/main.tsx": `${main}\nconsole.log(import.meta.glob("./readme/*.tsx"));\n`,
  });
  const built = await host.run("npm", "run", "build");
  expect(built).toMatch(/snippet0-.*\.js/);
});

it("shows the header of the README in a browser", async () => {
  await host.write({
    "src/App.tsx": `export { Header as default } from "./readme/snippet0";\n`,
  });
  await host.run("npm", "run", "build");
  ensureChromium();
  const server = await serveFiles(await builtFiles(join(inject("hosts"), "vite/dist")));
  onTestFinished(server.close);
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  // What the app around the README's snippet has: nobody is signed in.
  await page.addInitScript("globalThis.user = undefined");
  await page.goto(server.origin);
  const chip = page.locator("[data-part='chip']");
  await chip.waitFor();
  expect(await chip.innerText()).toBe("Idle");
  expect(await chip.evaluate((element) => getComputedStyle(element).display)).toBe("flex");
  expect(complaints).toEqual([]);
});

it("has one Zustand, the host's", async () => {
  const tree: unknown = JSON.parse(await host.run("npm", "ls", "zustand", "--json"));
  expect(tree).toMatchObject({
    dependencies: {
      zustand: { version: expect.stringMatching(/^5\./) },
      "active-indicator": { dependencies: { zustand: { version: expect.stringMatching(/^5\./) } } },
    },
  });
});

it.each(allWays)("compiles by $compiler, resolved as $resolution does", async (way) => {
  expect(await compile(host, way)).toBe("");
});

it.each(Object.keys(serverScripts))("renders without a browser by %s", async (script) => {
  expect(await host.run("node", script)).toContain(">Idle<");
});

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
};

async function builtFiles(folder: string): Promise<Map<string, ServedFile>> {
  const names = await readdir(folder, { recursive: true });
  const known = names.filter((name) => extname(name) in types);
  const files = await Promise.all(
    known.map(async (name): Promise<[string, ServedFile]> => {
      const served = { type: types[extname(name)] ?? "", body: await readFile(join(folder, name)) };
      return [name === "index.html" ? "/" : `/${name}`, served];
    }),
  );
  return new Map(files);
}
