// The README's host that draws chip and list with components of its own, as it stands there.
import { afterAll, beforeAll, expect, it } from "vitest";
import { serveHostPage } from "../../support/pages/hostPage.ts";
import { indicatorPageOf } from "../../support/indicator/page.ts";
import { readmeFiles } from "../../support/readme.ts";
import { run } from "../../support/jobs/jobs.ts";
import { setUpChromium } from "../../support/chromium/shared.ts";
import type { PageServer } from "../../support/pages/servePage.ts";

const page = `
  import { activityStore } from "active-indicator";
  import { createRoot } from "react-dom/client";
  import { drive } from "test/drive";

  window.indicatorDrive = () => drive(activityStore);
  window.stopped = [];
  window.api = { stopRun: (id) => new Promise(() => window.stopped.push(id)) };
  createRoot(document.getElementById("root")).render(<Activity />);
`;

const browser = setUpChromium();
let server: PageServer;

beforeAll(async () => {
  const snippets = Object.values(await readmeFiles());
  const host = snippets.find((code) => code.includes("export function Activity()"));
  server = await serveHostPage([{ script: `${host}\n${page}` }]);
});
afterAll(() => server.close());

it("a Stop that is pressed keeps the focus while it is under way, and asks once", async () => {
  const indicator = indicatorPageOf(await browser().newPage());
  await indicator.page.goto(server.origin);
  await indicator.page.locator("summary").click();
  await indicator.say(run("1", "running"));
  const stop = indicator.page.getByRole("button", { name: "Stop Server · shop" });
  await stop.focus();
  await indicator.page.waitForTimeout(650);
  await indicator.page.keyboard.press("Enter");
  await indicator.page.locator('[aria-disabled="true"], :disabled').waitFor();
  await indicator.page.waitForTimeout(650);
  await indicator.page.keyboard.press("Enter");
  expect(await indicator.focused()).toBe("Stop Server · shop");
  expect(await indicator.page.evaluate(() => window.stopped)).toEqual(["1"]);
});
