import { once } from "node:events";
import { createServer, request as ask } from "node:http";

/** A console as it is reached by another name than this machine's: over plain http, HTTP/1.1. */
export interface PlainHost {
  /** Such as `http://app.test:40123`; the browser must be told where that host is. */
  origin: string;
  stop: () => void;
}

/** Passes all that is asked of a host on to a console, which answers to this machine alone. */
export async function startPlainHost(host: string, target: string): Promise<PlainHost> {
  const server = createServer((request, response) => {
    const headers = { ...request.headers, host: new URL(target).host };
    if (headers.origin !== undefined) headers.origin = target;
    const { method = "GET", url = "/" } = request;
    const upstream = ask(new URL(url, target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers).flushHeaders();
      answer.pipe(response);
    });
    upstream.on("error", () => response.destroy());
    response.on("close", () => upstream.destroy());
    request.pipe(upstream);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It does not listen.");

  return {
    origin: `http://${host}:${address.port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
