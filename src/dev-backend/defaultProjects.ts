import { fileURLToPath } from "node:url";

import type { DevProject } from "./projects.ts";

/** What there is to build and run without any set-up: this repository and a small sample. */
export const defaultProjects: readonly DevProject[] = [
  {
    id: "active-indicator",
    name: "Active indicator",
    description: "This very repository: its production build and its preview server.",
    directory: fileURLToPath(new URL("../..", import.meta.url)),
    build: "npm run build",
    run: "npm run preview",
  },
  {
    id: "sample-site",
    name: "Sample site",
    description: "A few pages: a build of three seconds and a small web server.",
    directory: fileURLToPath(new URL("./sample", import.meta.url)),
    build: "node build.mjs",
    run: "node serve.mjs",
  },
];
