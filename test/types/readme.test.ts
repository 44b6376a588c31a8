import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { readmeFiles } from "../support/readme.ts";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "node_modules/.cache/readme");

const config = {
  extends: join(root, "tsconfig.json"),
  compilerOptions: {
    noEmit: true,
    paths: {
      "active-indicator": [join(root, "src/index.ts")],
      "active-indicator/react": [join(root, "src/react.ts")],
      "active-indicator/testing": [join(root, "src/testing.ts")],
      "active-indicator/style.css": [join(folder, "style.d.ts")],
    },
  },
  include: [folder],
};

it("compiles as it stands", async () => {
  const files = await readmeFiles();
  expect(Object.keys(files).length).toBeGreaterThan(3);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await Promise.all([
    writeFile(join(folder, "style.d.ts"), "export {};\n"),
    writeFile(join(folder, "tsconfig.json"), JSON.stringify(config)),
    ...Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)),
  ]);
  const tsc = join(root, "node_modules/.bin/tsc");
  const result = await promisify(execFile)(tsc, ["-p", folder]).catch((error: unknown) => error);
  expect(result).toMatchObject({ stdout: "" });
});
