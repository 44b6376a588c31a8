import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Page } from "playwright-core";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe finds on a page as it is now, by all its rules: the best practices, the size of targets
 * and the words of labels too. What it could not decide about contrast counts as found.
 */
export async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(source);
  const { violations, incomplete } = await page.evaluate(() =>
    window.axe.run(document, {
      resultTypes: ["violations", "incomplete"],
      rules: {
        "target-size": { enabled: true },
        "label-content-name-mismatch": { enabled: true },
      },
    }),
  );
  const undecided = incomplete.filter(({ id }) => id === "color-contrast");
  return [...violations, ...undecided].flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
  );
}
