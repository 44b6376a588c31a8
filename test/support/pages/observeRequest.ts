import type { Page } from "playwright-core";

/** From when until when the page's last request of that path took, in ms of `performance.now()`. */
export async function requestSpan(
  page: Page,
  path: string,
): Promise<{ from: number; until: number }> {
  const span = await page.evaluate((end) => {
    const entry = performance
      .getEntriesByType("resource")
      .findLast(({ name }) => name.endsWith(end));
    return entry && { from: entry.startTime, until: entry.startTime + entry.duration };
  }, path);
  if (!span) throw new Error(`The page has asked for no ${path}`);
  return span;
}

/** The paths of all that the page asks for from now on, in a list that grows. */
export function observeRequests(page: Page): readonly string[] {
  const paths: string[] = [];
  page.on("request", (request) => paths.push(new URL(request.url()).pathname));
  return paths;
}
