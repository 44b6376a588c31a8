import { type QueryClient, QueryObserver, type QueryObserverResult } from "@tanstack/query-core";
import { defineSource } from "../../../src/index.ts";
import { tasks } from "./tasks.ts";
import type { Task } from "./wire.ts";

/** Tasks out of the cache that the page has anyway: each tab looks into its own. */
export const followQueryCache = (origin: string, client: QueryClient) => {
  const queryFn = async (): Promise<Task[]> => (await fetch(`${origin}/tasks`)).json();
  const query = { queryKey: ["tasks"], queryFn, refetchInterval: 100, retry: false };
  const source = defineSource({
    name: "cache",
    kinds: [tasks],
    runsIn: "everyTab",
    start(sink) {
      const observer = new QueryObserver(client, query);
      const take = ({ data, error, fetchStatus }: QueryObserverResult<Task[]>) => {
        if (fetchStatus === "fetching") return;
        if (error) sink.lost(error.message);
        else if (data) sink.snapshot(tasks, sink.parse(tasks, data));
      };
      return observer.subscribe(take);
    },
  });
  return { sources: [source] };
};
