import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type BuildOptions, type Rolldown } from "vite";
import { type PageServer, type ServedFile, serveFiles } from "./servePage.ts";

/** What a host has of its own: its script, its styles, and how it builds them. */
export interface HostBundle {
  /**
   * The host's script, in TSX. It imports `active-indicator`, `active-indicator/react` and
   * `active-indicator/style.css`, as any host does, and for the test's sake `drive` of `test/drive`;
   * its page has an element with the id `root`.
   */
  script: string;
  /** The host's style sheet, built with the library's; it comes after it. @default none */
  styles?: string;
  /** The host's `build` options for Vite. @default Vite's own */
  build?: BuildOptions;
}

/** A host's page that is made of several bundles, or that has more than an empty root. */
export interface HostPageOptions {
  /** What is in the page's `<head>` beside its bundles. */
  head?: string;
  /** What is in the page's `<body>`. @default `<div id="root"></div>` */
  body?: string;
}

/**
 * Builds a host's page with Vite and serves it at `/` on a port of its own. Each bundle is a build
 * of its own, with its own copy of React and of the library, which is as it is now.
 */
export async function serveHostPage(
  bundles: readonly HostBundle[],
  { head = "", body = `<div id="root"></div>` }: HostPageOptions = {},
): Promise<PageServer> {
  const built = await Promise.all(bundles.map(outputOf));
  const files = new Map<string, ServedFile>();
  let links = "";
  for (const [index, output] of built.entries())
    for (const file of output) {
      const url = `/${index}/${file.fileName}`;
      files.set(url, servedFileOf(file));
      links += linkTo(url, file);
    }
  files.set("/", { type: "text/html", body: htmlOf(head + links, body) });
  return serveFiles(files);
}

type Output = Rolldown.RolldownOutput["output"][number];

// A file serves the same bundle in several pages.
const outputs = new Map<string, Promise<Output[]>>();

function outputOf(bundle: HostBundle): Promise<Output[]> {
  const key = JSON.stringify(bundle);
  const output = outputs.get(key) ?? buildBundle(bundle);
  outputs.set(key, output);
  return output;
}

async function buildBundle({ script, styles = "", build: options }: HostBundle): Promise<Output[]> {
  await mkdir(hostsFolder, { recursive: true });
  // Within the project, so that the host finds its packages.
  const root = await mkdtemp(join(hostsFolder, "host-"));
  try {
    await writeFile(join(root, "main.tsx"), `${script}\nimport "./host.css";\n`);
    await writeFile(join(root, "host.css"), styles);
    const built = await build({
      root,
      configFile: false,
      logLevel: "silent",
      // As anywhere but under Vitest, whose NODE_ENV is "test".
      define: { "process.env.NODE_ENV": `"production"` },
      oxc: { jsx: { runtime: "automatic", development: false } },
      resolve: { alias: library },
      build: {
        ...options,
        write: false,
        rolldownOptions: { input: join(root, "main.tsx"), checks: { bundlerTimings: false } },
      },
    });
    return "output" in built ? built.output : [];
  } finally {
    await rm(root, { recursive: true });
  }
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const hostsFolder = here("../../../node_modules/.vite/hosts");

// The package's exports, from its sources, and what plays the part of sync on them.
const library = [
  { find: /^test\/drive$/, replacement: here("../jobs/drive.ts") },
  { find: /^active-indicator$/, replacement: here("../../../src/index.ts") },
  { find: /^active-indicator\/react$/, replacement: here("../../../src/react.ts") },
  {
    find: /^active-indicator\/style\.css$/,
    replacement: here("../../../src/react/ActiveActionIndicator.css"),
  },
];

function servedFileOf(file: Output): ServedFile {
  if (file.type === "chunk") return { type: "text/javascript", body: file.code };
  return { type: file.fileName.endsWith(".css") ? "text/css" : "", body: file.source };
}

function linkTo(url: string, file: Output): string {
  if (file.type === "chunk")
    return file.isEntry ? `<script type="module" src="${url}"></script>` : "";
  return url.endsWith(".css") ? `<link rel="stylesheet" href="${url}">` : "";
}

function htmlOf(head: string, body: string): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The page</title>` +
    `<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">` +
    `${head}</head><body>${body}</body></html>`
  );
}
