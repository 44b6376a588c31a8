import type { IndicatorPage } from "./page.ts";
import { heldTime, type IndicatorPageOptions, type OpenIndicator } from "./setup.ts";
import { build, run } from "../jobs/jobs.ts";

/** When a job began that has been going on for so long at the held time. */
export const ago = (seconds: number) => ({ startedAt: heldTime - seconds * 1_000 });

/** Opens a page whose time stands still, with one of everything. */
export async function openBusy(
  open: OpenIndicator,
  options: IndicatorPageOptions = {},
): Promise<IndicatorPage> {
  const indicator = await open({ holdsTime: true, ...options });
  await indicator.connect();
  await indicator.setServerClock(0);
  await indicator.say(
    run("1", "running", { ...ago(7_807), projectId: "docs" }),
    build("1", "running", ago(42)),
    build("2", "pending", { ...ago(12), projectId: "docs" }),
    build("3", "running", ago(31)),
    build("3", "failed", { ...ago(31), finishedAt: heldTime, error: "tsc exited with 2" }),
  );
  return indicator;
}
