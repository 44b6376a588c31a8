import { getRequestListener } from "@hono/node-server";
import type { Plugin, PreviewServer, ViteDevServer } from "vite";

import { type Backend, createBackend } from "./backend.ts";
import { defaultProjects } from "./defaultProjects.ts";
import { PROJECTS_VARIABLE, readProjectsFile } from "./projectsFile.ts";
import { disposeOnSignal } from "./shutdownSignals.ts";

/**
 * Serves the contract under `/api` inside `vite` and `vite preview`, with real child processes.
 * The projects come from the file named in `ACTIVE_INDICATOR_PROJECTS`, or are the default ones.
 *
 * The server does not start if that file is missing or wrong: it throws `ProjectsFileError`.
 * Needs process groups, so Linux or macOS.
 */
export function devBackend(): Plugin {
  // Two during a restart, where Vite starts the new server before it closes the old one.
  const backends: Backend[] = [];
  const disposeAll = () => Promise.all(backends.splice(0).map((backend) => backend.dispose()));

  return {
    name: "active-indicator:dev-backend",
    apply: "serve",
    configureServer: (server) => void backends.push(mount(server)),
    configurePreviewServer: (server) => void backends.push(mount(server)),
    // Vite waits for these, so when it says that it has stopped no child process is left.
    closeServer: async ({ reason }) => {
      if (reason === "restart") await backends.shift()?.dispose();
      else await disposeAll();
    },
    closePreviewServer: async () => void (await disposeAll()),
  };
}

function mount(server: ViteDevServer | PreviewServer): Backend {
  const file = process.env[PROJECTS_VARIABLE];
  const backend = createBackend({
    projects: file ? readProjectsFile(file) : defaultProjects,
    reportError: (error) => server.config.logger.error(error.stack ?? error.message, { error }),
  });
  const stopListening = disposeOnSignal(() => backend.dispose());
  const dispose = () => {
    stopListening();
    return backend.dispose();
  };
  const listener = getRequestListener((request) => backend.fetch(request), {
    overrideGlobalObjects: false,
  });
  server.middlewares.use((request, response, next) => {
    if (isApi(request.url)) void listener(request, response);
    else next();
  });
  server.httpServer?.once("close", () => void dispose());
  return { ...backend, dispose };
}

function isApi(url = ""): boolean {
  return /^\/api(?:[/?]|$)/.test(url);
}
