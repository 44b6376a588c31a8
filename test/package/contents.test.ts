import { expect, inject, it } from "vitest";
import { run } from "../support/package/run.ts";

function readPacked(path: string): Promise<string> {
  return run(".", "tar", "-xzOf", inject("tarball"), `package/${path}`);
}

it("publishes what a host needs to know, and nothing of the development's own", async () => {
  const manifest: object = JSON.parse(await readPacked("package.json"));
  expect(Object.keys(manifest).toSorted()).toEqual([
    "dependencies",
    "description",
    "exports",
    "files",
    "keywords",
    "license",
    "name",
    "peerDependencies",
    "peerDependenciesMeta",
    "sideEffects",
    "type",
    "version",
  ]);
});

it("publishes JavaScript, one file of types for each entry, the styles, README and licence", async () => {
  const list = await run(".", "tar", "-tzf", inject("tarball"));
  const others = list
    .trim()
    .split("\n")
    .filter((path) => !path.endsWith(".js"));
  expect(others.toSorted()).toEqual([
    "package/LICENSE",
    "package/README.md",
    "package/dist/lib/index.d.ts",
    "package/dist/lib/react.d.ts",
    "package/dist/lib/style.css",
    "package/dist/lib/style.d.ts",
    "package/dist/lib/testing.d.ts",
    "package/dist/lib/unlayered.css",
    "package/package.json",
  ]);
});

it("has a client module for its React entry, and for no other", async () => {
  expect(await readPacked("dist/lib/react.js")).toMatch(/^"use client";\n/);
  expect(await readPacked("dist/lib/index.js")).not.toContain("use client");
});
