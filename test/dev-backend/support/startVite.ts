import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";

import { onTestFinished } from "vitest";

import { childEnvironment } from "../../../src/dev-backend/childEnvironment.ts";
import { type Client, createClient } from "./client.ts";
import { makeDirectory } from "./projects.ts";
import { until } from "./waiting.ts";

const VITE = fileURLToPath(new URL("../../../node_modules/vite/bin/vite.js", import.meta.url));
const PLUGIN = fileURLToPath(new URL("../../../src/dev-backend/plugin.ts", import.meta.url));

/** Vite's own command in a process of its own, with the plugin and one project. */
export interface ViteProcess {
  directory: string;
  output(): string;
  /** Waits until it serves, and gives a client that has signed in. */
  signIn(): Promise<Client>;
  kill(signal: NodeJS.Signals): void;
  /** How it ended. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** What to start. */
export interface ViteOptions {
  /** Such as `["preview"]`. */
  args?: string[];
  projectsFile: string;
  files?: Record<string, string>;
}

/** Starts `vite`; it is killed when the test has finished. */
export function startVite({ args = [], projectsFile, files = {} }: ViteOptions): ViteProcess {
  const directory = makeDirectory({
    "index.html": "<p>The page</p>",
    "vite.config.ts": viteConfig,
    "projects.json": projectsFile,
    ...files,
  });
  const child = spawn(process.execPath, [VITE, ...args], {
    cwd: directory,
    env: childEnvironment(process.env, { ACTIVE_INDICATOR_PROJECTS: "projects.json" }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += stripVTControlCharacters(text);
    });
  const address = () => /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];

  return {
    directory,
    output: () => output,
    async signIn() {
      await until(() => address() !== undefined || child.exitCode !== null, "vite serves");
      const client = createClient(address() ?? output);
      await client.post("/auth/login", { login: "ada" });
      return client;
    },
    kill: (signal) => void child.kill(signal),
    ended: once(child, "exit").then(([code, signal]) => ({ code, signal })),
  };
}

const viteConfig = `import { devBackend } from ${JSON.stringify(PLUGIN)};

const address = { host: "127.0.0.1", port: 0 };

export default {
  cacheDir: ".vite",
  plugins: [devBackend()],
  server: address,
  preview: address,
};
`;
