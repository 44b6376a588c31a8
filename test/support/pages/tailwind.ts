import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { compile } from "tailwindcss";

/** Tailwind's style sheet for a host: its reset, its theme, and each class that the source names. */
export async function tailwindStyles(source: string): Promise<string> {
  const compiler = await compile(`@import "tailwindcss";`, {
    async loadStylesheet(id, base) {
      const path = fileURLToPath(import.meta.resolve(`${id}/index.css`));
      return { path, base, content: await readFile(path, "utf8") };
    },
  });
  return compiler.build(source.split(/[\s"'`{}]+/));
}
