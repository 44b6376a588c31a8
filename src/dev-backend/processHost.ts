import { type ChildGroup, type Ending, type GroupOptions, startGroup } from "./childGroup.ts";
import { HttpError } from "./httpError.ts";
import { createReaper } from "./reaperClient.ts";

/** Owns every child process of the backend. */
export interface ProcessHost {
  /** Starts a process group; throws a 503 `HttpError` once disposed. */
  start(options: GroupOptions): ChildGroup;
  /** Ends all groups, and resolves when they are gone. Safe twice. */
  dispose(): Promise<void>;
}

/** Makes a host without any process; `graceMs` lies between SIGTERM and SIGKILL. */
export function createProcessHost(graceMs: number): ProcessHost {
  const reaper = createReaper(graceMs);
  const groups = new Set<ChildGroup>();
  let disposal: Promise<void> | undefined;

  function forget(group: ChildGroup): void {
    groups.delete(group);
    if (group.id !== undefined) reaper.remove(group.id);
  }

  async function endAll(): Promise<void> {
    await Promise.all([...groups].map((group): Promise<Ending> => group.stop()));
    await reaper.dispose();
  }

  return {
    start(options) {
      if (disposal) throw new HttpError(503, "The development server is stopping. Start it again.");
      const group = startGroup(options, graceMs);
      groups.add(group);
      if (group.id !== undefined) reaper.add(group.id);
      void group.ended.then(() => forget(group));
      return group;
    },
    dispose: () => (disposal ??= endAll()),
  };
}
