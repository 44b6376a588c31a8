// The icon in the browser's tab, at the size at which it is seen.
import type { Page } from "playwright-core";
import { expect, it, vi } from "vitest";
import { serveConsole } from "../../support/console/setup.ts";

const running = serveConsole();

/** How many of the icon's 256 pixels are clearly gray, blue and red. */
function coloursOf(page: Page) {
  return page.evaluate(async () => {
    const image = new Image();
    image.src = document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.href ?? "";
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 16, height: 16 });
    const context = canvas.getContext("2d");
    context?.drawImage(image, 0, 0, 16, 16);
    const data = context?.getImageData(0, 0, 16, 16).data ?? [];
    const count = { gray: 0, blue: 0, red: 0 };
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0, alpha = 0] = data.slice(at, at + 4);
      if (alpha < 200) continue;
      if (red - blue > 80) count.red += 1;
      else if (blue - red > 80) count.blue += 1;
      else if (Math.abs(green - red) < 40) count.gray += 1;
    }
    return count;
  });
}

it("is gray while nothing runs, blue while something does, and has a red dot for a failure", async () => {
  const { page, button, indicator } = await running.visit();
  await vi.waitFor(async () => expect((await coloursOf(page)).gray).toBeGreaterThan(30));
  expect(await coloursOf(page)).toMatchObject({ blue: 0, red: 0 });

  await button("Build", "Gated").click();
  await indicator.shows("Building (gated)");
  await vi.waitFor(async () => expect((await coloursOf(page)).blue).toBeGreaterThan(40));
  expect(await coloursOf(page)).toMatchObject({ gray: 0, red: 0 });

  await button("Build", "Broken").click();
  running.openGate();
  await page.getByText("1 failed").first().waitFor();
  await vi.waitFor(async () => expect((await coloursOf(page)).red).toBeGreaterThan(20));
});
