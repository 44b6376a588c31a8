import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { apiProxy } from "./src/dev-backend/apiProxy.ts";
import { devBackend } from "./src/dev-backend/plugin.ts";
import { explainTakenPort } from "./src/dev-backend/takenPort.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ mode }): ViteUserConfig => {
  if (process.env["VITEST"]) return tests;
  return mode === "library" ? library : console;
});

// Either the development backend answers /api, or a real one behind a proxy.
const target = process.env["API_TARGET"];
const address = target ? { host: "127.0.0.1", proxy: apiProxy(target) } : { host: "127.0.0.1" };

const console: ViteUserConfig = {
  root: here("./src/app"),
  // One for each set of plugins: Vite would bundle the dependencies anew whenever that changes,
  // under whichever console runs.
  cacheDir: here(`./node_modules/.vite/${target ? "proxied" : "console"}`),
  plugins: [react(), explainTakenPort(), ...(target ? [] : [devBackend()])],
  server: { ...address, port: 5173, strictPort: true },
  preview: { ...address, port: 4173 },
  build: {
    outDir: here("./dist/app"),
    emptyOutDir: true,
    // The first with light-dark(): what stands in for it elsewhere knows the root's scheme alone.
    cssTarget: ["chrome123", "edge123", "firefox120", "safari17.5"],
  },
};

const library: ViteUserConfig = {
  plugins: [react()],
  publicDir: false,
  build: {
    outDir: here("./dist/lib"),
    lib: {
      entry: {
        index: here("./src/index.ts"),
        react: here("./src/react.ts"),
        testing: here("./src/testing.ts"),
      },
      formats: ["es"],
    },
    minify: false,
    rolldownOptions: {
      external: [/^react($|\/)/, /^zustand($|\/)/, "immer", "valibot"],
      // A file each, so that a host's bundler takes what it uses and leaves the rest.
      output: { preserveModules: true, preserveModulesRoot: here("./src") },
    },
  },
};

const react18 = here("./test/react-18/node_modules");

const tests: ViteUserConfig = {
  plugins: [react()],
  test: {
    // By default one worker less than there are cores, which on two leaves one idle.
    maxWorkers: 2,
    // Against what hangs, and no claim: a machine that has much else to do needs its time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          environment: "node",
          // Nothing of a file is left for the next one: that is tested, and saves half the time.
          isolate: false,
          include: ["test/{jobs,store,sync,testing,dev-backend,types}/**/*.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "dom",
          environment: "jsdom",
          isolate: false,
          include: ["test/{react,app}/**/*.test.{ts,tsx}"],
        },
      },
      {
        extends: true,
        resolve: {
          alias: [
            { find: /^(react|react-dom)($|\/)/, replacement: `${react18}/$1$2` },
            // Its CommonJS build would load React by itself, past the alias above.
            {
              find: "@testing-library/react",
              replacement: here(
                "./node_modules/@testing-library/react/dist/@testing-library/react.esm.js",
              ),
            },
          ],
        },
        test: {
          name: "react-18",
          environment: "jsdom",
          isolate: false,
          include: ["test/react/**/*.test.{ts,tsx}"],
          server: { deps: { inline: [/zustand/, /@testing-library\/react/] } },
        },
      },
      {
        extends: true,
        resolve: { alias: [{ find: /^zustand($|\/)/, replacement: "zustand-4$1" }] },
        test: {
          name: "zustand-4",
          environment: "node",
          isolate: false,
          include: ["test/store/**/*.test.ts", "test/react/chip/**/*.test.tsx"],
        },
      },
      {
        extends: true,
        test: {
          name: "package",
          environment: "node",
          include: ["test/package/**/*.test.ts"],
          globalSetup: "test/support/package/pack.ts",
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          environment: "node",
          isolate: false,
          include: ["test/browser/**/*.test.ts"],
          globalSetup: ["test/support/chromium/ensure.ts", "test/support/console/prepare.ts"],
          // After the others, which would take the time of the browser and its server.
          sequence: { groupOrder: 1 },
          // Much of their time is waiting for what must not happen. More at once would be faster, and
          // would put what must happen within a second at the mercy of the others.
          maxWorkers: 3,
        },
      },
    ],
  },
};
