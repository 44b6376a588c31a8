// What the library adds to a host's page, and the most that it may add, as `npm run check:size`.
//
// It is measured as a host has it: the package as it was built, bundled and minified by Vite, and
// compressed by gzip. React is the host's own; every other dependency counts.
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { formatTable } from "./table.ts";

interface Entry {
  readonly name: string;
  /** The host's script. */
  readonly script: string;
  /** In bytes. */
  readonly limit: number;
  /** Whether what is only loaded when it is needed counts too. @default false */
  readonly isWhole?: boolean;
}

// Whatever ran this file may have said otherwise.
process.env["NODE_ENV"] = "production";

const kB = 1_000;

const entries: readonly Entry[] = [
  {
    name: "trackRequest",
    script: `export { trackRequest } from "active-indicator"`,
    limit: 0.5 * kB,
  },
  {
    name: "the two request hooks",
    script: `export { useActiveAsyncActions, useAsyncAction } from "active-indicator/react"`,
    limit: 14.5 * kB,
  },
  {
    name: "store with devtools, and sync",
    script: `export { activityStore, startBackendSync } from "active-indicator"`,
    limit: 26.5 * kB,
  },
  {
    name: "all but the list, which follows",
    script: `
      export { activityStore, builds, runs, startBackendSync } from "active-indicator";
      export { ActiveActionIndicator, useAsyncAction } from "active-indicator/react"`,
    limit: 35.75 * kB,
  },
  {
    name: "everything",
    script: `export * from "active-indicator"; export * from "active-indicator/react"`,
    limit: 46 * kB,
    isWhole: true,
  },
  { name: "style.css", script: `import "active-indicator/style.css"`, limit: 3.75 * kB },
];

const host = "virtual:host";

/** Builds a host of one script. */
async function buildHost(script: string): Promise<readonly Output[]> {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    plugins: [
      {
        name: "host",
        resolveId: (id) => (id === host ? id : undefined),
        load: (id) => (id === host ? script : undefined),
      },
    ],
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: {
        input: host,
        external: /^react($|\/)/,
        // What the script exports is used; what a later chunk shares with it stays where it is.
        preserveEntrySignatures: "allow-extension",
      },
    },
  });
  return "output" in built ? built.output : [];
}

type Output = Rolldown.RolldownOutput["output"][number];

/** The bytes of what a host loads, compressed. */
function sizeOf(outputs: readonly Output[], isWhole: boolean): number {
  const atOnce = new Set<string>();
  const load = (fileName: string) => {
    const chunk = outputs.find((output) => output.fileName === fileName);
    if (chunk?.type !== "chunk" || atOnce.has(fileName)) return;
    atOnce.add(fileName);
    chunk.imports.forEach(load);
  };
  for (const output of outputs)
    if (output.type === "chunk" && output.isEntry) load(output.fileName);

  let size = 0;
  for (const output of outputs) {
    if (output.type === "asset") size += gzipped(output.source);
    else if (isWhole || atOnce.has(output.fileName)) size += gzipped(output.code);
  }
  return size;
}

function gzipped(content: string | Uint8Array): number {
  return gzipSync(content, { level: 9 }).length;
}

const rows: string[][] = [];
for (const { name, script, limit, isWhole = false } of entries) {
  // oxlint-disable-next-line no-await-in-loop -- one build after the other
  const size = sizeOf(await buildHost(script), isWhole);
  if (size > limit) process.exitCode = 1;
  rows.push([name, inKb(size), inKb(limit), size > limit ? `${inKb(size - limit)} too much` : ""]);
}
console.log(formatTable(["min + gzip", "is", "at most", ""], rows));

function inKb(bytes: number): string {
  return `${(bytes / kB).toFixed(2)} kB`;
}
