// What a screen reader gets of the console, in a real accessibility tree.
import { expect, it } from "vitest";
import { serveConsole } from "../../support/console/setup.ts";

const running = serveConsole();

it("the region for a result is there before the result, and so is said", async () => {
  const { page, button } = await running.visit();
  const region = page.getByRole("article", { name: "Repository" }).locator("[aria-live=polite]");
  const isInTree = () => region.evaluate((element) => element.checkVisibility());
  expect(await isInTree()).toBe(true);
  await button("Sync", "Repository").click();
  await region.filter({ hasText: "Synced at" }).waitFor();
});

it("no region that stays empty is read out as a bar of its own", async () => {
  const { page } = await running.visit();
  const empty = page.locator('[role="status"]:empty');
  expect(await empty.count()).toBe(0);
});
