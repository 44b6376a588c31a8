import { it } from "vitest";
import { build, run } from "../support/jobs.ts";
import { useIndicator } from "../support/indicatorSetup.ts";
const open = useIndicator();
it("probe", async () => {
  const { page, chip, list, connect, say, focused } = await open();
  await connect();
  await say(run("1", "running", { startedAt: Date.now()-5000 }), build("1", "running", { startedAt: Date.now()-5000 }), build("2", "pending"));
  await chip.focus();
  await page.keyboard.press("Enter");
  console.log("open", await list.isVisible(), await chip.getAttribute("aria-expanded"), await chip.getAttribute("aria-label"));
  const seq = [];
  for (let i = 0; i < 6; i++) { await page.keyboard.press("Tab"); seq.push(await focused()); }
  console.log(seq);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  console.log(await focused());
  await page.keyboard.press("Escape");
  console.log("closed", await list.isVisible(), await focused());
  await say(build("1","failed",{error:"tsc exited with 2"}));
  await chip.click();
  await page.getByRole("button", {name: "Dismiss Build · shop"}).focus();
  await page.keyboard.press("Enter");
  console.log("after dismiss", await focused());
  await page.screenshot({path:"/tmp/ind1.png"});
});
