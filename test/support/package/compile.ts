import { readmeFiles } from "../readme.ts";
import type { Host } from "./host.ts";

const resolutions = { bundler: "esnext", node16: "node16" } as const;
type Resolution = keyof typeof resolutions;

/** A compiler: `typescript` is the newest, each other one the alias of a version. */
export interface Way {
  compiler: "typescript-5.4" | "typescript-5.9" | "typescript";
  resolution: Resolution;
}

/** Every way to compile a host. */
export const allWays: readonly Way[] = [
  { compiler: "typescript-5.4", resolution: "bundler" },
  { compiler: "typescript-5.4", resolution: "node16" },
  { compiler: "typescript-5.9", resolution: "bundler" },
  { compiler: "typescript-5.9", resolution: "node16" },
  { compiler: "typescript", resolution: "bundler" },
  { compiler: "typescript", resolution: "node16" },
];

/** What to install to compile the README's snippets: the compilers, and what a snippet imports. */
export const toCompile = [
  "@tanstack/query-core@5",
  "typescript-5.4@npm:typescript@~5.4",
  "typescript-5.9@npm:typescript@~5.9",
  "typescript@^7",
];

/** Writes the README's snippets into a host, to be compiled as strictly as hosts do. */
export async function writeSnippets(host: Host): Promise<void> {
  const snippets = Object.entries(await readmeFiles());
  const configs = Object.entries(resolutions);
  await host.write({
    ...Object.fromEntries(
      snippets.map(([name, text]) => [`src/readme/${name}`, withExtensions(text)]),
    ),
    ...Object.fromEntries(
      configs.map((config) => [`tsconfig.${config[0]}.json`, tsconfig(...config)]),
    ),
  });
}

// Where modules are resolved as Node does, an import of a file names its extension.
function withExtensions(text: string): string {
  return text.replaceAll(/(?<=from "\.\/\w+)(?=")/g, ".js");
}

function tsconfig(moduleResolution: string, module: string): string {
  const compilerOptions = {
    target: "ES2022",
    lib: ["ES2023", "DOM", "DOM.Iterable"],
    module,
    moduleResolution,
    jsx: "react-jsx",
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    types: [],
    // What a snippet exports has to have a type that a host's declarations can name.
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: "src/readme",
    outDir: "types",
  };
  return JSON.stringify({ compilerOptions, include: ["src/readme"] });
}

/** What a compiler has to say about them: nothing, if all is well. */
export function compile(host: Host, { compiler, resolution }: Way): Promise<string> {
  const tsc = `node_modules/${compiler}/bin/tsc`;
  return host.run("node", tsc, "-p", `tsconfig.${resolution}.json`);
}
