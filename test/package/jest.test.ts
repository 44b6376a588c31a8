// Jest, with the one line of configuration that the README gives; React 18.3 and Zustand 4.5.
import { beforeAll, expect, it } from "vitest";
import { compile, toCompile, type Way, writeSnippets } from "../support/package/compile.ts";
import { createHost, hostTimeout, serverScripts } from "../support/package/host.ts";
import { readReadme } from "../support/readme.ts";

const react = ["react@18.3", "react-dom@18.3", "@types/react@18", "@types/react-dom@18"];
const jest = ["jest@30", "jest-environment-jsdom@30", "@swc/core@1", "@swc/jest@0.2"];
const testing = ["@testing-library/react@16", "@testing-library/dom@10"];

const host = createHost("jest");

beforeAll(async () => {
  await host.write({ "package.json": `{ "private": true, "type": "module" }`, ...serverScripts });
  await host.install("zustand@4.5", ...react, ...jest, ...testing, ...toCompile);
  await writeSnippets(host);
}, hostTimeout);

it("tests a component of a host's", async () => {
  const line = /^transformIgnorePatterns: .*,$/m.exec(await readReadme())?.[0];
  await host.write({
    "jest.config.cjs": `module.exports = {
      testEnvironment: "jsdom",
      transform: {
        "\\\\.[jt]sx?$": ["@swc/jest", { jsc: { transform: { react: { runtime: "automatic" } } } }],
      },
      ${line}
    };`,
    "header.test.tsx": `
      import { act, render, screen } from "@testing-library/react";
      import { activityStore } from "active-indicator";
      import { ActiveActionIndicator } from "active-indicator/react";
      import { resetActivity } from "active-indicator/testing";

      afterEach(() => act(() => resetActivity(activityStore)));

      test("shows what goes on", () => {
        render(<ActiveActionIndicator />);
        act(() => activityStore.getState().registerBackendJob("import:7", "Importing…"));
        expect(screen.getByRole("button").textContent).toBe("Importing…");
      });`,
  });
  const result: unknown = JSON.parse(await host.run("npx", "jest", "--json"));
  expect(result).toMatchObject({ success: true, numPassedTests: 1 });
});

// The oldest and the newest: the types of React 18 and Zustand 4 are the same for those in between.
it.each<Way>([
  { compiler: "typescript-5.4", resolution: "bundler" },
  { compiler: "typescript", resolution: "node16" },
])("compiles by $compiler, resolved as $resolution does", async (way) => {
  expect(await compile(host, way)).toBe("");
});

it.each(Object.keys(serverScripts))("renders without a browser by %s", async (script) => {
  expect(await host.run("node", script)).toContain(">Idle<");
});
