// Serves dist/ on a free port of this machine.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const dist = new URL("./dist/", import.meta.url);

const server = createServer((request, response) => void answer(request, response));

async function answer(request, response) {
  // Only a name within the directory fits, so no path leads out of it.
  const path = /^\/([\w-]+\.html)?(?:\?|$)/.exec(request.url);
  const page = path ? await read(path[1] ?? "index.html") : undefined;
  console.log(`${request.method} ${request.url} ${page ? 200 : 404}`);
  response.writeHead(page ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
  response.end(page ?? (await read("404.html")) ?? "Not found");
}

server.listen(0, "127.0.0.1", () => {
  console.log(`Serving on http://127.0.0.1:${server.address().port}`);
});

process.once("SIGTERM", () => {
  console.log("Closing.");
  server.close();
  server.closeAllConnections();
});

function read(name) {
  return readFile(new URL(name, dist)).catch(() => undefined);
}
