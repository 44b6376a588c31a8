import { readFile } from "node:fs/promises";

/** What a host's app has, and the snippets take for granted. */
const host = `
import type { BuildJob, RunJob } from "active-indicator";
declare global {
  const user: { login: string } | undefined;
  const isOld: boolean;
  const token: () => string;
  const loginOf: () => Promise<string | null>;
  const api: {
    triggerBuild: (id: string) => Promise<{ build: BuildJob }>;
    startRun: (id: string) => Promise<{ run: RunJob }>;
    stopRun: (id: string) => Promise<{ run: RunJob }>;
  };
}
export {};
`;

export function readReadme(): Promise<string> {
  return readFile(new URL("../../README.md", import.meta.url), "utf8");
}

/** The README's TypeScript, as files by name, and what it takes for granted. */
export async function readmeFiles(): Promise<Record<string, string>> {
  const snippets = [...(await readReadme()).matchAll(/^```tsx?\n(.*?)^```/gms)];
  const files = snippets.map(([, code = ""], n) => {
    // A snippet declares what its reader goes on with: exported it is not unused, and has a type that
    // can be written down.
    const exported = code.replaceAll(/^(?=(?:const|function|interface|type) )/gm, "export ");
    return [`${nameOf(code) ?? `snippet${n}`}.tsx`, `${exported}\nexport {};\n`] as const;
  });
  return { "host.d.ts": host, ...Object.fromEntries(files) };
}

/** The file that other snippets import it by. */
function nameOf(code: string): string | undefined {
  return /^export (?:const|function) (deploys|AppHeader)\b/m.exec(code)?.[1];
}
