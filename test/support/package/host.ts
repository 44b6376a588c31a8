import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { inject } from "vitest";
import { run } from "./run.ts";

/** How long a host may take to be installed or built, on a machine that has much else to do. */
export const hostTimeout = 300_000;

/** An application that has the library from the package that would be published. */
export interface Host {
  /** By paths from the host's folder. */
  write: (files: Readonly<Record<string, string>>) => Promise<void>;
  read: (path: string) => Promise<string>;
  /** Runs a program in the host's folder; see `run`. */
  run: (program: string, ...args: readonly string[]) => Promise<string>;
  /** Installs packages by npm, the library with them. */
  install: (...packages: readonly string[]) => Promise<string>;
}

/** The host of a name, whose folder is empty, save for what a template has put there. */
export function createHost(name: string): Host {
  const folder = join(inject("hosts"), name);
  const inHost: Host["run"] = (program, ...args) => run(folder, program, ...args);
  return {
    async write(files) {
      const written = Object.entries(files).map(async ([path, text]) => {
        const file = join(folder, path);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, text);
      });
      await Promise.all(written);
    },
    read: (path) => readFile(join(folder, path), "utf8"),
    run: inHost,
    install: (...packages) =>
      inHost("npm", "install", "--prefer-offline", "--no-audit", inject("tarball"), ...packages),
  };
}

/** Runs the template of an npm package, `create-vite@9` for one, in the folder of a new host. */
export function runTemplate(template: string, host: string, ...args: readonly string[]) {
  return run(inject("hosts"), "npx", "--yes", "--prefer-offline", template, host, ...args);
}

/** Files that render the indicator without a browser, as a module and by `require`. */
export const serverScripts = {
  "server.mjs": `
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { ActiveActionIndicator } from "active-indicator/react";
console.log(renderToString(createElement(ActiveActionIndicator)));
`,
  "server.cjs": `
const { createElement } = require("react");
const { renderToString } = require("react-dom/server");
const { ActiveActionIndicator } = require("active-indicator/react");
console.log(renderToString(createElement(ActiveActionIndicator)));
`,
};
