// Has Lighthouse rate the accessibility of each page of the console, as `npm run lighthouse`. It is
// fetched for that, and no dependency: it has twice as many packages as all the rest.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as v from "valibot";
import { preview } from "vite";
import { builtConsole } from "../support/console/built.ts";
import { chromiumFlags } from "../support/chromium/flags.ts";
import { findChromium } from "../support/chromium/path.ts";
import { signInPast } from "../support/console/client.ts";
import { inTurn } from "../support/indicator/turns.ts";
import { prepareConsole } from "../support/console/prepare.ts";

/** The last one for Node 20. */
const lighthouse = "lighthouse@12.8.2";
const pages = ["/", "/projects", "/projects/sample", "/states", "/nowhere"];

const reportSchema = v.object({
  finalDisplayedUrl: v.string(),
  categories: v.object({ accessibility: v.object({ score: v.number() }) }),
  audits: v.record(v.string(), v.object({ id: v.string(), score: v.nullable(v.number()) })),
});

await prepareConsole();
const server = await preview({ build: { outDir: builtConsole }, preview: { port: 0 } });
try {
  const { origin } = new URL(server.resolvedUrls?.local[0] ?? "");
  const cookie = await signInPast(origin);
  const flawed = [
    // Signed out, and then as somebody.
    await rate(`${origin}/`),
    ...(await inTurn(pages, (path) => rate(origin + path, cookie))),
  ].filter((isFlawed) => isFlawed);
  if (flawed.length > 0) process.exitCode = 1;
} finally {
  await server.close();
}

/** Prints a page's score, and what it lacks of 100. Resolves to whether it lacks anything. */
async function rate(url: string, cookie?: string): Promise<boolean> {
  const { stdout } = await promisify(execFile)(
    "npx",
    ["--yes", lighthouse, ...argsFor(url, cookie)],
    {
      env: { ...process.env, CHROME_PATH: findChromium() },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const { finalDisplayedUrl, categories, audits } = v.parse(reportSchema, JSON.parse(stdout));
  const { score } = categories.accessibility;
  const lacks = Object.values(audits).filter((audit) => audit.score !== null && audit.score < 1);
  const who = cookie === undefined ? "signed out" : "signed in";
  console.log(`${score * 100}  ${new URL(finalDisplayedUrl).pathname}, ${who}`);
  for (const { id } of lacks) console.log(`    lacks ${id}`);
  return score < 1;
}

function argsFor(url: string, cookie: string | undefined): string[] {
  const flags = ["--headless=new", ...chromiumFlags].join(" ");
  const headers = cookie === undefined ? [] : [`--extra-headers=${JSON.stringify({ cookie })}`];
  const output = ["--output=json", "--quiet", "--only-categories=accessibility"];
  return [url, ...output, `--chrome-flags=${flags}`, ...headers];
}
