import type { Plugin, PreviewServer, ViteDevServer } from "vite";

/** What is wrong with the port, and what else there is to do about it, by the code of the error. */
const PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: "is already in use, most likely by another console. Stop that one",
  EACCES: "is reserved by the system. Use the rights that it asks for",
};

/**
 * Has `vite` and `vite preview` say what to do when they cannot have their port, instead of the
 * stack that Vite prints. Where `strictPort` is off Vite takes another port by itself.
 */
export function explainTakenPort(): Plugin {
  return {
    name: "active-indicator:taken-port",
    apply: "serve",
    configureServer: (server) => explain(server, server.config.server, "npm start"),
    configurePreviewServer: (server) => explain(server, server.config.preview, "npm run preview"),
  };
}

function explain(
  { httpServer }: ViteDevServer | PreviewServer,
  { port = 0, strictPort = false }: { port?: number; strictPort?: boolean },
  command: string,
): void {
  httpServer?.on("error", (error: NodeJS.ErrnoException) => {
    const problem = PROBLEMS[error.code ?? ""];
    if (problem === undefined || !strictPort) return;
    // Vite prints an error with its stack and its properties, and makes its own of one with a code.
    for (const name of ["errno", "code", "syscall", "address", "port"] as const)
      Reflect.deleteProperty(error, name);
    error.message = `Port ${port} ${problem}, or choose another: ${command} -- --port ${port + 1}`;
    error.stack = `${error.name}: ${error.message}`;
  });
}
