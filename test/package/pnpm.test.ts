// What is no dependency of the host's own is out of its reach.
import { beforeAll, expect, inject, it } from "vitest";
import { compile, writeSnippets } from "../support/package/compile.ts";
import { createHost, hostTimeout, serverScripts } from "../support/package/host.ts";

const host = createHost("pnpm");

beforeAll(async () => {
  const manifest = {
    private: true,
    type: "module",
    dependencies: {
      "@tanstack/query-core": "^5",
      "active-indicator": `file:${inject("tarball")}`,
      react: "^19",
      "react-dom": "^19",
      zustand: "^5",
    },
    devDependencies: { "@types/react": "^19", "@types/react-dom": "^19", typescript: "^7" },
  };
  await host.write({ "package.json": JSON.stringify(manifest), ...serverScripts });
  await writeSnippets(host);
  // What a host exports without naming its type.
  await host.write({
    "src/readme/named.tsx": `
      import { useAsyncAction } from "active-indicator/react";
      export const useScan = () => useAsyncAction(async (id: string) => id, { label: "Scanning" });
    `,
  });
  const install = ["install", "--no-frozen-lockfile", "--prefer-offline", "--store-dir", "store"];
  await host.run("npx", "--yes", "--prefer-offline", "pnpm@12", ...install);
}, hostTimeout);

it("has types that a host's declarations can name", async () => {
  expect(await compile(host, { compiler: "typescript", resolution: "bundler" })).toBe("");
  expect(await host.read("types/named.d.ts")).toContain("AsyncAction<");
});

it("finds its dependencies", async () => {
  expect(await host.run("node", "server.mjs")).toContain(">Idle<");
});
