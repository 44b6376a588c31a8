import { once } from "node:events";
import { createServer } from "node:http";

/** A server of one page and its files. */
export interface PageServer {
  /** Such as `http://127.0.0.1:40123`. */
  origin: string;
  close: () => void;
}

/** What a server answers at one path. */
export interface ServedFile {
  /** Its media type. */
  type: string;
  body: string | Uint8Array;
}

/** Serves a page that loads `/script.js` on a port of its own on 127.0.0.1. */
export function servePage(html: string, script: string): Promise<PageServer> {
  const page: ServedFile = { type: "text/html", body: html };
  return serveFiles(new Map([["/script.js", { type: "text/javascript", body: script }]]), page);
}

/**
 * Serves files by their paths on a port of its own on 127.0.0.1, and at every other path what is
 * at `/`, whatever its query.
 */
export async function serveFiles(
  files: ReadonlyMap<string, ServedFile>,
  page = files.get("/"),
): Promise<PageServer> {
  const server = createServer(({ url = "/" }, response) => {
    const { type, body } = files.get(url) ?? page ?? { type: "text/plain", body: "" };
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
