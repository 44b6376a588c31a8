// Vite's own template, React 19 and Zustand 5.
import { beforeAll, expect, it } from "vitest";
import { allWays, compile, typescripts, writeSnippets } from "../support/package/compile.ts";
import { createHost, hostTimeout, runTemplate, serverScripts } from "../support/package/host.ts";

const host = createHost("vite");

beforeAll(async () => {
  await runTemplate("create-vite@9", "vite", "--template", "react-ts", "--no-interactive");
  await host.install("zustand@5", ...typescripts);
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
