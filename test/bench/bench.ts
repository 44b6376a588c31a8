// What an event, a poll and a snapshot cost in a real Chromium, beside other designs of the same
// feature: `npm run bench`. Take its figures on an idle machine, in one run of two minutes.
//   compare/page/   what runs in the page: the designs, and how each figure is taken
//   compare/server  the page, and a backend for it
//   compare/tabs    what twenty tabs pass to each other
//   compare/heap    what is left behind
//   compare/rows    the rows of the tables, and what each may be at most
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../support/chromium/launch.ts";
import { bundleScript } from "../support/pages/bundleScript.ts";
import { measureHeap } from "./compare/heap.ts";
import { checkBounds, compareDesigns, type Row, toRows } from "./compare/rows.ts";
import { type BenchServer, startBenchServer } from "./compare/server.ts";
import { countPassedSnapshots } from "./compare/tabs.ts";
import type { ContenderName } from "./compare/page/index.tsx";
import type { Figures } from "./compare/page/figures.ts";

const contenders: readonly ContenderName[] = [
  "thisProject",
  "contextDesign",
  "plainZustand",
  "mutations",
  "textNode",
];

// Whatever ran this file may have said otherwise.
process.env["NODE_ENV"] = "production";
const script = await bundleScript(
  new URL("./compare/page/index.tsx", import.meta.url),
  "production",
);
const server = await startBenchServer(script);
const browser = await launchChromium();
try {
  const rows = await measureAll(browser, server);
  console.log(`${compareDesigns(rows)}\n\n${checkBounds(rows)}`);
} finally {
  await browser.close();
  server.close();
}

async function measureAll(chromium: Browser, { origin, unchanged }: BenchServer): Promise<Row[]> {
  async function onPage<Result>(measure: (page: Page) => Promise<Result>): Promise<Result> {
    const page = await chromium.newPage();
    page.on("pageerror", (error) => console.error(error));
    await page.goto(origin);
    const result = await measure(page);
    await page.close();
    return result;
  }

  const updates: Partial<Record<ContenderName, Figures>> = {};
  for (const name of contenders)
    // oxlint-disable-next-line no-await-in-loop -- a machine measures one thing at a time
    updates[name] = await onPage((page) => page.evaluate((it) => bench.measureUpdates(it), name));

  const polls: Record<string, Figures> = {};
  for (const way of ["etag", "text"] as const)
    for (const count of [1_000, 5_000, 20_000]) {
      const url = `${origin}/builds/${way}/${count}`;
      // oxlint-disable-next-line no-await-in-loop -- a machine measures one thing at a time
      polls[`${way} ${count}`] = await onPage((page) =>
        page.evaluate(([it, hasETag]) => bench.measurePolls(it, hasETag), [
          url,
          way === "etag",
        ] as const),
      );
    }
  if (unchanged() === 0) throw new Error("No poll was answered by 304.");

  return toRows({
    updates,
    polls,
    socket: await onPage((page) => page.evaluate(() => bench.measureSocket())),
    big: await onPage((page) =>
      page.evaluate((url) => bench.measureBigSnapshot(url), `${origin}/runs/big`),
    ),
    tabs: await countPassedSnapshots(chromium, origin),
    heap: await onPage((page) => measureHeap(page, `${origin}/builds/etag/100`)),
  });
}
