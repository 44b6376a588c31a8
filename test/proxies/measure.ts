// Measures what five proxies make of the stream and of the poll: with the lines that the README gives,
// read from there, and without them. Takes a minute and a half, most of it silence. The proxies are
// Debian's: `apt-get install nginx haproxy apache2 caddy varnish`; those that are absent are left out.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { formatTable } from "../bench/table.ts";
import { startBackend } from "./backend.ts";
import { type StreamClient, ask, openStream } from "./client.ts";
import { type Proxy, proxies } from "./proxies.ts";

/** Longer than nginx (60 s), HAProxy (50 s) and Varnish (60 s) wait by default for a next byte. */
const SILENCE_MS = 72_000;

/** How long the backend is watched for the end of a stream whose client has left. */
const LEAVING_MS = 60_000;

// Below the ports that systems give out by themselves, so that nobody takes one meanwhile.
const firstPort = 20_000 + Math.floor(Math.random() * 10_000);
const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const root = mkdtempSync(join(tmpdir(), "proxies-"));
// Apache's workers have a user of their own.
chmodSync(root, 0o755);
const backend = await startBackend(firstPort);
const children: ChildProcess[] = [];

try {
  const setUps = proxies.filter(isInstalled).flatMap((proxy) =>
    Object.entries({ ...proxy.others, "as the README says": readmeLines(proxy) }).map(
      ([what, lines]) => ({
        proxy,
        lines,
        label: `${proxy.name} ${readVersion(proxy)}, ${what}`,
      }),
    ),
  );
  const portOf = (index: number) => firstPort + 1 + index;
  await Promise.all(setUps.map(({ proxy, lines }, index) => start(proxy, lines, portOf(index))));
  // Else the first events would wait for a machine that is busy with starting.
  await sleep(3_000);
  const rows = await Promise.all([
    measure("no proxy", firstPort),
    ...setUps.map(({ label }, index) => measure(label, portOf(index))),
  ]);
  const head = [
    "",
    "median event",
    "slowest",
    "left",
    "left, silent",
    `${SILENCE_MS / 1_000} s of silence`,
    "2nd client",
    "list",
  ];
  console.log(formatTable(head, rows));
} finally {
  backend.close();
  await Promise.all(children.map(stop));
  rmSync(root, { recursive: true });
}

function isInstalled({ command }: Proxy): boolean {
  return spawnSync(command, ["-h"]).error === undefined;
}

function readVersion({ command, versionFlag }: Proxy): string {
  const { stdout, stderr } = spawnSync(command, [versionFlag], { encoding: "utf8" });
  return /\d+\.\d+\.\d+/.exec(stdout + stderr)?.[0] ?? "";
}

function readmeLines({ block }: Proxy): string {
  const [, lines] = new RegExp(`\`\`\`${block}\n(.*?)\`\`\``, "s").exec(readme) ?? [];
  if (lines === undefined) throw new Error(`README.md has no block of ${block}`);
  return lines;
}

async function start(proxy: Proxy, lines: string, port: number): Promise<void> {
  const directory = mkdtempSync(join(root, proxy.block));
  chmodSync(directory, 0o755);
  const configPath = join(directory, "config");
  const config = proxy.config(lines.replaceAll("4000", String(firstPort)), port, directory);
  writeFileSync(configPath, config);
  const logPath = join(directory, "log");
  const log = openSync(logPath, "a");
  const child = spawn(proxy.command, proxy.flags(configPath, port, directory), {
    stdio: ["ignore", log, log],
    env: { ...process.env, HOME: directory },
  });
  children.push(child);
  for (let attempt = 0; attempt < 300 && child.exitCode === null; attempt += 1) {
    // oxlint-disable no-await-in-loop -- until it listens
    if (await isAnswered(port)) return;
    await sleep(100);
    // oxlint-enable no-await-in-loop
  }
  throw new Error(`${proxy.name} does not start:\n${readFileSync(logPath, "utf8")}`);
}

function isAnswered(port: number): Promise<boolean> {
  return ask(port, "/").then(
    () => true,
    () => false,
  );
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  await exit;
}

/** One row of the table: what the browser and the backend see of each other through a proxy. */
async function measure(label: string, port: number): Promise<string[]> {
  const [busy, silent, kept, shared, list] = await Promise.all([
    measureEvents(port, `${port}-busy`),
    measureSilentLeaving(port, `${port}-silent`),
    measureSilence(port, `${port}-kept`),
    measureSecondClient(port, `${port}-shared`),
    measureList(port, `${port}-list`),
  ]);
  return [label, ...busy, silent, kept, shared, list];
}

async function measureEvents(port: number, id: string): Promise<string[]> {
  const client = openStream(port, `/api/runs/stream?id=${id}`);
  await sleep(10_500);
  const leftAt = client.leave();
  const delays = client.delaysMs.toSorted((a, b) => a - b);
  const [median, slowest] = [delays[Math.floor(delays.length / 2)], delays.at(-1)];
  return [formatMs(median), formatMs(slowest), await closedAfter(id, leftAt)];
}

async function measureSilentLeaving(port: number, id: string): Promise<string> {
  const client = openStream(port, `/api/runs/stream?silent&id=${id}`);
  await sleep(3_000);
  return closedAfter(id, client.leave());
}

async function measureSilence(port: number, id: string): Promise<string> {
  const client = openStream(port, `/api/runs/stream?silent&id=${id}`);
  await sleep(SILENCE_MS);
  client.leave();
  if (client.hasEnded) return "cut";
  return client.comments === 0 ? "nothing came" : "holds";
}

// A cache that answers the second client gives it the first one's stream.
async function measureSecondClient(port: number, id: string): Promise<string> {
  const clients: StreamClient[] = [];
  for (let count = 0; count < 2; count += 1) {
    clients.push(openStream(port, `/api/runs/stream?id=${id}`));
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await sleep(3_000);
  }
  for (const client of clients) client.leave();
  return backend.visit(id).streams === 2 ? "its own" : "the first's";
}

async function measureList(port: number, id: string): Promise<string> {
  const path = `/api/builds?id=${id}`;
  const { etag } = await ask(port, path);
  const { status } = await ask(port, path, etag);
  return `${status}, backend ${backend.visit(id).statuses[1] ?? "not asked"}`;
}

async function closedAfter(id: string, leftAt: number): Promise<string> {
  while (performance.now() < leftAt + LEAVING_MS) {
    const { closedAt } = backend.visit(id);
    if (closedAt !== undefined) return formatMs(closedAt - leftAt);
    // oxlint-disable-next-line no-await-in-loop -- until the backend sees it
    await sleep(100);
  }
  return `not in ${LEAVING_MS / 1_000} s`;
}

function formatMs(ms: number | undefined): string {
  if (ms === undefined) return "none came";
  return ms < 1_000 ? `${Math.max(0, Math.round(ms))} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
