import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "node_modules/.cache/readme");

/** What a host's app has, and the snippets take for granted. */
const host = `
import type { BuildJob, RunJob } from "active-indicator";
declare global {
  const user: { login: string } | undefined;
  const isOld: boolean;
  const token: () => string;
  const api: {
    triggerBuild: (id: string) => Promise<{ build: BuildJob }>;
    startRun: (id: string) => Promise<{ run: RunJob }>;
    stopRun: (id: string) => Promise<{ run: RunJob }>;
  };
}
export {};
`;

const config = {
  extends: join(root, "tsconfig.json"),
  compilerOptions: {
    noEmit: true,
    // A snippet declares what its reader goes on with.
    noUnusedLocals: false,
    paths: {
      "active-indicator": [join(root, "src/index.ts")],
      "active-indicator/react": [join(root, "src/react.ts")],
      "active-indicator/testing": [join(root, "src/testing.ts")],
      "active-indicator/style.css": [join(folder, "style.d.ts")],
    },
  },
  include: [folder],
};

/** The file that other snippets import it by. */
function nameOf(code: string): string | undefined {
  return code.includes("export const deploys") ? "deploys" : undefined;
}

it("compiles as it stands", async () => {
  const readme = await readFile(join(root, "README.md"), "utf8");
  const snippets = [...readme.matchAll(/^```tsx?\n(.*?)^```/gms)].map(([, code]) => code ?? "");
  expect(snippets.length).toBeGreaterThan(2);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await Promise.all([
    writeFile(join(folder, "host.d.ts"), host),
    writeFile(join(folder, "style.d.ts"), "export {};\n"),
    writeFile(join(folder, "tsconfig.json"), JSON.stringify(config)),
    ...snippets.map((code, n) =>
      writeFile(join(folder, `${nameOf(code) ?? `snippet${n}`}.tsx`), `${code}\nexport {};\n`),
    ),
  ]);
  const tsc = join(root, "node_modules/.bin/tsc");
  const result = await promisify(execFile)(tsc, ["-p", folder]).catch((error: unknown) => error);
  expect(result).toMatchObject({ stdout: "" });
});
