// The indicator's own look on pages whose kits style every element, be it in layers or not.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { setUpChromium } from "../../support/chromium/shared.ts";
import { indicatorPageOf } from "../../support/indicator/page.ts";
import { build, run } from "../../support/jobs/jobs.ts";
import { type HostBundle, serveHostPage } from "../../support/pages/hostPage.ts";
import type { PageServer } from "../../support/pages/servePage.ts";
import { tailwindStyles } from "../../support/pages/tailwind.ts";

const own = `import "active-indicator/style.css";`;
const indicator = `<ActiveActionIndicator jobHref={() => "#job"} onStopJob={async () => {}} />`;
const font = "body { font: 16px/1.5 sans-serif }";

function bundleOf(imports: readonly string[], page = indicator, styles = font): HostBundle {
  const script = `
    ${imports.join("\n")}
    import { activityStore } from "active-indicator";
    import { ActiveActionIndicator } from "active-indicator/react";
    import { createRoot } from "react-dom/client";
    import { drive } from "test/drive";

    window.indicatorDrive = () => drive(activityStore);
    createRoot(document.getElementById("root")).render(${page});
  `;
  return { script, styles };
}

const mantineHost = fileURLToPath(new URL("../../support/pages/mantineHost.tsx", import.meta.url));
const mantine = (styles: string) => [
  `import { MantineHost } from ${JSON.stringify(mantineHost)};`,
  `import "@mantine/core/${styles}";`,
];
const mantinePage = `<MantineHost>${indicator}</MantineHost>`;
const tailwindPage = `<div className="flex p-2">${indicator}</div>`;
const tailwind = async () => `${await tailwindStyles(tailwindPage)}${font}`;

const source = new URL("../../../src/react/ActiveActionIndicator.css", import.meta.url);
const layered = `@layer active-indicator {${readFileSync(source, "utf8")}}`;
const inOrder = "@layer theme, base, active-indicator, components, utilities;";

const kits: [name: string, bundle: () => HostBundle | Promise<HostBundle>][] = [
  // As in unlayered.css, which is the source as it is.
  ["Mantine", () => bundleOf([...mantine("styles.css"), own], mantinePage)],
  ["Mantine, imported last", () => bundleOf([own, ...mantine("styles.css")], mantinePage)],
  ["Mantine in a layer", () => bundleOf([...mantine("styles.layer.css"), own], mantinePage)],
  [
    "Mantine in a layer, imported last",
    () => bundleOf([own, ...mantine("styles.layer.css")], mantinePage),
  ],
  // A host's style sheet is built after what its script imports.
  ["Tailwind, imported last", async () => bundleOf([own], tailwindPage, await tailwind())],
  // As in style.css.
  [
    "Mantine in a layer before the indicator's",
    () => bundleOf(mantine("styles.layer.css"), mantinePage, `${layered}${font}`),
  ],
  [
    "Tailwind before the indicator's layer",
    async () => bundleOf([], tailwindPage, `${await tailwind()}${layered}`),
  ],
  [
    "Tailwind after the indicator's layer, whose place is said first",
    async () => bundleOf([], tailwindPage, `${inOrder}${layered}${await tailwind()}`),
  ],
];

const browser = setUpChromium();
const servers: PageServer[] = [];
let bare: Page;

beforeAll(async () => {
  // How wide it is depends on what it lies in.
  bare = await open(bundleOf([own], `<div style={{ display: "flex" }}>${indicator}</div>`));
});
afterAll(() => servers.forEach((server) => server.close()));

/** A page with its header busy and its list open. */
async function open(bundle: HostBundle): Promise<Page> {
  const server = await serveHostPage([bundle]);
  servers.push(server);
  const page = await browser().newPage({ reducedMotion: "reduce" });
  await page.goto(server.origin);
  const { say, connect, openList } = indicatorPageOf(page);
  await connect();
  await say(build("1", "running"), build("2", "running"), run("3", "running"));
  await say(build("2", "failed"));
  await page.getByText("1 failed").waitFor();
  await openList();
  return page;
}

// Runs in the page, so it can use nothing from around it.
function readLooks(): Record<string, Record<string, string | number>> {
  const parts = ["chip", "badge", "list", "list h3", "list li", "list li a", "list li button"];
  return Object.fromEntries(
    parts.map((part) => {
      const element = document.querySelector(`.active-indicator-${part}`);
      if (!element) throw new Error(`There is no ${part}.`);
      const style = getComputedStyle(element);
      const { width, height } = element.getBoundingClientRect();
      const { backgroundColor, color, borderRadius, borderTopWidth, borderTopColor } = style;
      const { padding, font: ownFont, textAlign, textDecorationLine, display } = style;
      const box = { width, height, padding, borderRadius, borderTopWidth, borderTopColor };
      const text = { color, font: ownFont, textAlign, textDecorationLine };
      return [part, { backgroundColor, display, ...box, ...text }];
    }),
  );
}

it.each(kits)("looks on a page of %s as on a bare one", async (_, bundle) => {
  const page = await open(await bundle());
  const look = await bare.evaluate(readLooks);
  // Its width may still be on its way.
  await expect.poll(() => page.evaluate(readLooks), { timeout: 10_000 }).toEqual(look);
});

it("leaves a kit its own look", async () => {
  const page = await open(bundleOf([...mantine("styles.css"), own], mantinePage));
  const kit = page.locator(".kit");
  const look = await kit.evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(look).toBe("rgb(34, 139, 230)");
});
