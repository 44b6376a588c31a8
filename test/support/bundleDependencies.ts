import { execFileSync } from "node:child_process";

/**
 * Has Vite bundle the console's dependencies before any browser test starts a server: several that
 * start at once on a fresh checkout would each do it, in the same folder, and trip over each other.
 */
export default function bundleDependencies(): void {
  // Under VITEST the config is that of the tests.
  const { VITEST: _, ...env } = process.env;
  execFileSync(process.execPath, ["node_modules/vite/bin/vite.js", "optimize"], { env });
}
