import type { Page } from "playwright-core";

/** The heap before and after, in bytes, without what is garbage. */
export interface HeapFigures {
  readonly before: number;
  readonly after: number;
}

/** Measures what a hundred thousand updates and a thousand unchanged polls leave behind. */
export async function measureHeap(page: Page, buildsUrl: string): Promise<HeapFigures> {
  await page.evaluate((url) => bench.startHeap(url), buildsUrl);
  // What is made once, such as compiled code, is there before.
  await page.evaluate(() => bench.fillHeap(5_000, 50));
  const before = await usedHeap(page);
  await page.evaluate(() => bench.fillHeap(100_000, 1_000));
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
