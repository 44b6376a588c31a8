import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Page } from "playwright-core";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const labelRule = "label-content-name-mismatch";
// Its name has the label as it is seen, and in words what stands beside that: a badge, a time.
const chip = 'data-part="chip"';

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe finds on a page as it is now, or in the parts of it that match `within`, by all its
 * rules: the best practices, the size of targets and the words of labels too.
 */
export async function findViolations(page: Page, within?: string): Promise<string[]> {
  if (await page.evaluate(() => !("axe" in window))) await page.evaluate(source);
  const violations = await page.evaluate(runAxe, within ?? null);
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ html }) => !(id === labelRule && html.includes(chip)))
      .map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
  );
}

// Runs in the page, so it can use nothing from around it.
async function runAxe(within: string | null): Promise<axe.Result[]> {
  const { violations } = await window.axe.run(within ?? document, {
    resultTypes: ["violations"],
    rules: {
      "target-size": { enabled: true },
      "label-content-name-mismatch": { enabled: true },
    },
  });
  return violations;
}
