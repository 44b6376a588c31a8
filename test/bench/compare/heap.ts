import type { Page } from "playwright-core";

/** The heap before and after, in bytes, without what is garbage. */
export interface HeapFigures {
  readonly before: number;
  readonly after: number;
}

/** Measures what a hundred thousand updates and a thousand unchanged polls leave behind. */
export async function measureHeap(page: Page, buildsUrl: string): Promise<HeapFigures> {
  await page.evaluate((url) => bench.startHeap(url), buildsUrl);
  const fill = () => page.evaluate(() => bench.fillHeap(100_000, 1_000));
  // What is made once, such as compiled code, is there before: a first round has it all made, and what
  // a second one adds is what is left behind.
  await fill();
  const before = await usedHeap(page);
  await fill();
  return { before, after: await usedHeap(page) };
}

async function usedHeap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  for (let pass = 0; pass < 3; pass += 1) {
    // oxlint-disable-next-line no-await-in-loop -- what one pass frees may free more in the next
    await session.send("HeapProfiler.collectGarbage");
  }
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}
