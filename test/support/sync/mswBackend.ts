import { http, HttpResponse, sse } from "msw";
import { setupServer } from "msw/node";
import type { BuildJob, RunJob } from "../../../src/jobs/contract.ts";
import { NodeEventSource } from "./eventSource.ts";

// MSW asks for it, and so does the browser's environment.
globalThis.EventSource = NodeEventSource;

/** What the stream carries. */
// oxlint-disable-next-line typescript/consistent-type-definitions -- MSW wants an index signature
type StreamEvents = {
  init: { runs: readonly RunJob[] };
  "run-update": { run: RunJob };
};
type StreamClient = Parameters<Parameters<typeof sse<StreamEvents>>[1]>[0]["client"];

/** Where the mocked backend is. */
export const mswBaseUrl = "http://127.0.0.1:9/api";

/** Creates a backend of MSW handlers for the contract; anything else that is asked for is an error. */
export function createMswBackend() {
  const state = {
    builds: [] as BuildJob[],
    runs: [] as RunJob[],
    /** Streams that were opened, oldest first. */
    clients: [] as StreamClient[],
    polls: [] as Request[],
  };
  const server = setupServer(
    sse<StreamEvents>(`${mswBaseUrl}/runs/stream`, ({ client }) => {
      state.clients.push(client);
      client.send({ event: "init", data: { runs: state.runs } });
    }),
    http.get(`${mswBaseUrl}/builds`, ({ request }) => {
      state.polls.push(request);
      return HttpResponse.json({ builds: state.builds });
    }),
  );

  return {
    server,
    state,
    listen: () => server.listen({ onUnhandledRequest: "error" }),
    close: () => server.close(),
    /** The newest stream. */
    client(): StreamClient {
      const client = state.clients.at(-1);
      if (!client) throw new Error("no stream was opened");
      return client;
    },
    update: (run: RunJob) => state.clients.at(-1)?.send({ event: "run-update", data: { run } }),
  };
}
