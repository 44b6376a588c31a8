import type { IncomingMessage, ServerResponse } from "node:http";

import type { ProxyOptions } from "vite";

/** The environment variable that names a real backend. */
const TARGET_VARIABLE = "API_TARGET";

/**
 * The entry for `server.proxy` and `preview.proxy` that passes `/api` on to a real backend.
 *
 * @param target its address, such as `http://127.0.0.1:4000`
 * @throws Error that names the variable, its value and the remedy, if that is no such address
 */
export function apiProxy(target: string): Record<string, ProxyOptions> {
  const { href, origin } = parseTarget(target);
  return {
    "^/api(?:[/?]|$)": {
      target: href,
      changeOrigin: true,
      // The browser would refuse a cookie for the backend's own domain.
      cookieDomainRewrite: "",
      configure(proxy) {
        proxy.on("proxyReq", (upstream, request) => {
          // The page's own requests are the backend's own; any other origin is for it to judge.
          if (request.headers.origin === `http://${request.headers.host}`)
            upstream.setHeader("origin", origin);
        });
        proxy.on("proxyRes", (upstream, _request, response) => passOnStream(upstream, response));
      },
    },
  };
}

/** An event stream needs its headers before its first event, and has to break when it breaks. */
function passOnStream(upstream: IncomingMessage, response: ServerResponse): void {
  // Later, because the proxy copies the headers only after this event.
  setImmediate(() => {
    if (!response.headersSent && !response.destroyed) response.flushHeaders();
  });
  // Otherwise the browser would wait for ever on a stream whose backend has gone.
  upstream.once("close", () => {
    if (!upstream.complete) response.destroy();
  });
}

function parseTarget(target: string): URL {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (url && ["http:", "https:"].includes(url.protocol) && url.hostname !== "") return url;
  throw new Error(
    `${TARGET_VARIABLE} is "${target}", which is no http or https address. ` +
      `Write it in full, as in ${TARGET_VARIABLE}=http://127.0.0.1:4000, or leave it out.`,
  );
}
