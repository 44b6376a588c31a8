// The indicator's look on the pages of hosts, as their builds leave its style sheet.
import type { Page } from "playwright-core";
import type { BuildOptions } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveHostPage } from "../../support/pages/hostPage.ts";
import { readBackground, readContrasts, tooFaint } from "../../support/indicator/contrast.ts";
import { boxOf, type IndicatorPage, indicatorPageOf } from "../../support/indicator/page.ts";
import { inTurn } from "../../support/indicator/turns.ts";
import { build, run } from "../../support/jobs/jobs.ts";
import { setUpChromium } from "../../support/chromium/shared.ts";
import type { PageServer } from "../../support/pages/servePage.ts";

const script = `
  import { activityStore } from "active-indicator";
  import { ActiveActionIndicator } from "active-indicator/react";
  import "active-indicator/style.css";
  import { createRoot } from "react-dom/client";
  import { drive } from "test/drive";

  window.indicatorStore = activityStore;
  window.indicatorDrive = () => drive(activityStore);
  createRoot(document.getElementById("root")).render(
    <ActiveActionIndicator jobHref={() => "#job"} onStopJob={() => Promise.resolve()} />,
  );
`;
const styles = `
  :root { color-scheme: light dark }
  .light { color-scheme: light }
  .dark { color-scheme: dark }
`;

interface Host {
  /** @default Vite's own */
  build?: BuildOptions;
  /** Where the host says its schemes: in its page, or in its built style sheet. @default the latter */
  head?: string;
}

const hosts: [string, Host][] = [
  ["with Vite's defaults", {}],
  ["with Vite's defaults, its page having the schemes", { head: `<style>${styles}</style>` }],
  ["for browsers two years old", { build: { target: ["chrome131", "firefox132", "safari18.1"] } }],
  ["for browsers six years old", { build: { target: ["chrome87", "firefox78", "safari14"] } }],
];

const schemes = ["light", "dark"] as const;
type Scheme = (typeof schemes)[number];

const opposite = { light: "dark", dark: "light" } as const;

/** How a page comes to its scheme: by the system, or by an element above the indicator. */
const ways: [string, (scheme: Scheme) => { system: Scheme; named?: Scheme; inline?: Scheme }][] = [
  ["the system's setting", (scheme) => ({ system: scheme })],
  ["the CSS of an ancestor", (scheme) => ({ system: opposite[scheme], named: scheme })],
  ["the style of an ancestor", (scheme) => ({ system: opposite[scheme], inline: scheme })],
];

const browser = setUpChromium();

describe.each(hosts)("in a host that is built %s", (_, { build: options = {}, head = "" }) => {
  let server: PageServer;
  let idle: Page;
  let busy: Page;

  beforeAll(async () => {
    const bundle = { script, styles: head === "" ? styles : "", build: options };
    server = await serveHostPage([bundle], { head });
    [idle, busy] = [await openHost(server), await openHost(server)];
    await showAll(indicatorPageOf(busy));
  });
  afterAll(async () => {
    await Promise.all([idle.close(), busy.close()]);
    server.close();
  });

  describe.each(ways)("by %s", (__, wayTo) => {
    it.each(schemes)("all is %s and can be read", async (scheme) => {
      await inTurn([idle, busy], (page) => setScheme(page, wayTo(scheme)));
      const chips = await inTurn([idle, busy], (page) =>
        readBackground(page, ".active-indicator-chip"),
      );
      const list = await readBackground(busy, ".active-indicator-list");
      expect([...chips, list].map(schemeOf)).toEqual([scheme, scheme, scheme]);
      // Blue is busy and gray is idle, a gray with a little blue in it.
      const [gray = 0, blue = 0] = chips.map(bluenessOf);
      expect(blue).toBeGreaterThan(2 * gray);
      const contrasts = await inTurn([idle, busy], readContrasts);
      expect(contrasts.flat().length).toBeGreaterThan(25);
      expect(contrasts.flatMap(tooFaint)).toEqual([]);
    });
  });

  it("a short label is beside its sign on a page that reads from right to left", async () => {
    await idle.evaluate(() => (document.documentElement.dir = "rtl"));
    const { chip, label, say } = indicatorPageOf(idle);
    await say(build("1", "pending"));
    const first = await label.evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return range.getBoundingClientRect().right;
    });
    expect((await boxOf(chip.locator(".active-indicator-sign svg"))).left - first).toBeLessThan(12);
  });

  it("an open list is on no page of a print, and is as it was afterwards", async () => {
    const { list, focused } = indicatorPageOf(busy);
    const { left: x, top: y, width } = await boxOf(list);
    const clip = { x, y, width, height: 150 };
    await busy.emulateMedia({ media: "print" });
    const printed = await busy.screenshot({ clip });
    await busy.pdf();
    await busy.emulateMedia({ media: "screen" });
    expect(await list.isVisible()).toBe(true);
    expect(await focused()).toBe("Activity");
    await busy.mouse.click(10, 700);
    await list.waitFor({ state: "hidden" });
    expect(printed.equals(await busy.screenshot({ clip }))).toBe(true);
  });
});

async function openHost({ origin }: PageServer): Promise<Page> {
  const page = await browser().newPage({ reducedMotion: "reduce" });
  await page.goto(origin);
  return page;
}

/** Has the chip and the open list say everything that they have words for. */
async function showAll({ say, connect, request, openList }: IndicatorPage): Promise<void> {
  await say(run("1", "running"), build("1", "pending"), build("2", "running"));
  await say(...["3", "4", "5"].map((id) => build(id, "running")));
  await say(build("3", "failed", { error: "tsc exited with 2" }), build("4", "succeeded"));
  await connect("lost");
  await request("Scanning");
  await openList();
}

async function setScheme(page: Page, way: ReturnType<(typeof ways)[number][1]>): Promise<void> {
  const { system, named = "", inline = "" } = way;
  await page.emulateMedia({ colorScheme: system });
  await page.locator("#root").evaluate(
    (root, [className, colorScheme]) => {
      root.setAttribute("class", className);
      root.style.colorScheme = colorScheme;
    },
    [named, inline] as const,
  );
}

function schemeOf([red = 0, green = 0, blue = 0, alpha]: readonly number[]): Scheme | "none" {
  if (alpha !== 255) return "none";
  return Math.max(red, green, blue) < 128 ? "dark" : "light";
}

function bluenessOf([red = 0, , blue = 0]: readonly number[]): number {
  return blue - red;
}
