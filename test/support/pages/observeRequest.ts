import type { Page } from "playwright-core";

/** What the indicator's label was around a request, by the order of things in the page itself. */
interface LabelsAround {
  /** Right after the task that sent it, so before any other task and any frame. */
  sent?: string;
  /** In the page's first task that comes 800 ms after the whole answer. */
  answered?: string;
}

declare global {
  interface Window {
    labelsAround?: Map<string, LabelsAround>;
  }
}

/**
 * Notes the indicator's label around each request from now on. The clock would say as much of the
 * machine, which may be busy, as of the page. Gives what was noted of the last request of a path.
 */
export async function observeLabelsAround(
  page: Page,
): Promise<(path: string) => Promise<LabelsAround | undefined>> {
  await page.evaluate(noteLabelsAround);
  return (path) =>
    page.evaluate(
      (end) =>
        [...(window.labelsAround ?? [])].findLast(([url]) =>
          new URL(url).pathname.endsWith(end),
        )?.[1],
      path,
    );
}

/** Runs in the page, so it can use nothing from around it. */
function noteLabelsAround(): void {
  const labels = (window.labelsAround = new Map<string, LabelsAround>());
  const send = window.fetch.bind(window);
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- there is nothing around it in the page
  const label = () =>
    document.querySelector('header [data-part="chip"] .active-indicator-label')?.textContent ?? "";

  window.fetch = async (...request) => {
    const around: LabelsAround = {};
    labels.set(new Request(...request).url, around);
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => (around.sent = label()), { once: true });
    port1.start();
    port2.postMessage(undefined);
    const response = await send(...request);
    void response
      .clone()
      .arrayBuffer()
      .then(() => setTimeout(() => (around.answered = label()), 800));
    return response;
  };
}

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
