// Next, with both of its routers.
import { beforeAll, expect, it } from "vitest";
import { createHost, hostTimeout } from "../support/package/host.ts";

const host = createHost("next");

beforeAll(async () => {
  await host.write({
    "package.json": `{ "private": true, "type": "module" }`,
    "app/layout.jsx": `
      import { ActiveActionIndicator } from "active-indicator/react";
      import "active-indicator/style.css";
      import { Backend } from "./Backend";

      export default function Layout({ children }) {
        return (
          <html lang="en">
            <body>
              <ActiveActionIndicator />
              <Backend />
              {children}
            </body>
          </html>
        );
      }`,
    "app/Backend.jsx": `
      "use client";
      import { useBackendSync } from "active-indicator/react";

      export function Backend() {
        useBackendSync({ session: "ada" });
        return null;
      }`,
    "app/page.jsx": `
      import { activityStore, startBackendSync } from "active-indicator";

      export default function Page() {
        try {
          startBackendSync({ store: activityStore });
        } catch (error) {
          return <p>{error.message}</p>;
        }
      }`,
    "pages/old.jsx": `
      import { ActiveActionIndicator } from "active-indicator/react";

      export default function Old() {
        return <ActiveActionIndicator />;
      }`,
  });
  await host.install("next@16", "react@19", "react-dom@19", "zustand@5");
  await host.run("npx", "next", "build");
}, hostTimeout);

it("renders the indicator from a server component", async () => {
  expect(await host.read(".next/server/app/index.html")).toContain(">Idle<");
});

it("renders the indicator by the pages router", async () => {
  expect(await host.read(".next/server/pages/old.html")).toContain(">Idle<");
});

it("says in a server component that sync is started in the browser", async () => {
  expect(await host.read(".next/server/app/index.html")).toContain("call it in the browser");
});
