// Puts the pages into one frame and writes them to dist/. It takes its time, three seconds or as
// many milliseconds as its argument says, so that there is something to watch.
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

const durationMs = Number(process.argv[2] ?? 3_000);
const pages = new URL("./pages/", import.meta.url);
const dist = new URL("./dist/", import.meta.url);

const names = (await readdir(pages)).filter((name) => name.endsWith(".html")).toSorted();
const frame = await readFile(new URL("./frame.html", import.meta.url), "utf8");
const started = performance.now();

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
// oxlint-disable no-await-in-loop -- one page after the other, to be watched
for (const [index, name] of names.entries()) {
  console.log(`[${index + 1}/${names.length}] ${name}`);
  await sleep(durationMs / names.length);
  const page = await readFile(new URL(name, pages), "utf8");
  await writeFile(
    new URL(name, dist),
    frame.replace("<!-- page -->", () => page.trimEnd()),
  );
}
console.log(`Built ${names.length} pages in ${Math.round(performance.now() - started)} ms.`);
