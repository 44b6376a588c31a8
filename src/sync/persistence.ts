import * as v from "valibot";
import type { JobKey } from "../jobs/job.ts";
import {
  aList,
  keySchema,
  parseAs,
  parseEach,
  parseJson,
  reporting,
  type ReportProblem,
} from "../jobs/payload.ts";
import type { ActivityStore } from "../store/activityStore.ts";
import type { EndedJob } from "../store/entries.ts";
import { selectSeenEnds } from "../store/selectors.ts";
import type { ActivityInternals } from "../store/storeWriter.ts";
import type { StorageLike, TabEnvironment } from "./environment.ts";
import { endedSchema } from "./tabs/messages.ts";

/** How many ends, and how many active jobs, are remembered: more than anybody reads. */
const maxRemembered = { ended: 100, active: 500 };

/** What the persistence needs. */
export interface PersistenceOptions {
  storage: StorageLike;
  tabs: TabEnvironment;
  store: Pick<ActivityStore, "getState">;
  internals: Pick<ActivityInternals, "rehydrateJobs">;
  /** Whose memory it is: that of one session on one backend. */
  name: string;
  onProblem: ReportProblem;
}

/** What outlives a reload of this tab. */
export interface Persistence {
  /** Writes nothing any more; what was written stays. */
  stop: () => void;
  /** The session is over, and nothing of it is left. */
  forget: () => void;
}

interface Memory {
  readonly active: readonly JobKey[];
  readonly ended: readonly EndedJob[];
}

const memorySchema = v.object({ active: aList, ended: aList }, "an object");

/**
 * Has what this tab has seen outlive a reload: the ends that were not put away, and which jobs were
 * active, so that an end during the reload is shown too. It is written when the page is hidden or
 * left, the last moments at which anything can be (Page Lifecycle), into the storage of this tab.
 */
export function startPersistence(options: PersistenceOptions): Persistence {
  const { storage, store, internals, name, onProblem } = options;

  function rehydrate(): void {
    const text = access(() => storage.getItem(name));
    if (typeof text !== "string") return;
    const memory = reporting(() => parseMemory(text, onProblem), onProblem);
    if (memory) internals.rehydrateJobs(memory.ended, memory.active);
  }

  function write(): void {
    const { backendJobs, endedJobs } = store.getState();
    const active = Object.values(backendJobs).map(({ key }) => key);
    const memory: Memory = {
      active: active.slice(-maxRemembered.active),
      ended: selectSeenEnds({ endedJobs }).slice(0, maxRemembered.ended),
    };
    access(() => storage.setItem(name, JSON.stringify(memory)));
  }

  rehydrate();
  const stop = options.tabs.onRest(write);
  return {
    stop,
    forget() {
      stop();
      access(() => storage.removeItem(name));
    },
  };
}

function access<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch {
    // A browser may refuse to keep anything: then nothing outlives a reload, and all else goes on.
    return undefined;
  }
}

// One entry that cannot be read costs only itself.
function parseMemory(text: string, report: ReportProblem): Memory {
  const { active, ended } = parseAs(memorySchema, "memory", parseJson("memory", text));
  return {
    active: parseEach(active, (key) => parseAs(keySchema, "memory.active", key), report),
    ended: parseEach(ended, (job) => parseAs(endedSchema, "memory.ended", job), report),
  };
}
