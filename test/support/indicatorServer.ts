import { once } from "node:events";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const entry = fileURLToPath(new URL("./indicatorHost.tsx", import.meta.url));

const html =
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>The page</title>` +
  `<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">` +
  `<body><div id="root"></div><script type="module" src="/script.js"></script>`;

/** A server of one page: the indicator in a host's header, and its store. */
export interface IndicatorServer {
  /** Such as `http://127.0.0.1:40123`. */
  origin: string;
  close: () => void;
}

// Once for all files of a worker.
let bundled: Promise<string> | undefined;

/** Builds the indicator as it is now, and serves the page on a port of its own on 127.0.0.1. */
export async function startIndicatorServer(): Promise<IndicatorServer> {
  const script = await (bundled ??= bundle());
  const server = createServer(({ url }, response) => {
    const [type, body] = url === "/script.js" ? ["text/javascript", script] : ["text/html", html];
    // The page is loaded anew for each test, and its script is the same.
    response.writeHead(200, { "content-type": type, "cache-control": "max-age=3600" }).end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;

  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    // React's development build complains aloud, and StrictMode does all twice.
    define: { "process.env.NODE_ENV": '"development"' },
    build: { write: false, minify: false, lib: { entry, formats: ["es"] } },
  });
  const [first] = Array.isArray(built) ? built : [];
  const code = first?.output[0].code;
  if (code === undefined) throw new Error("indicator: nothing was built");
  return code;
}
