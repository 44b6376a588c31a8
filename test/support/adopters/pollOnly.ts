import { builds, pollSource } from "../../../src/index.ts";

/** The contract's builds, and nothing else. */
export const followBuilds = (origin: string) => ({
  sources: [
    pollSource({
      kind: builds,
      url: `${origin}/api/builds`,
      intervalMs: 100,
      list: (body) => body.builds,
    }),
  ],
});
