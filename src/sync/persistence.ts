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
import type { EndedJob } from "../store/entries.ts";
import { selectSeenEnds } from "../store/selectors.ts";
import type { ActivityInternals } from "../store/storeWriter.ts";
import type { StorageLike, TabEnvironment } from "./environment.ts";
import { endedSchema } from "./tabs/messages.ts";

/** How many ends and active jobs are stored at the most: more than anybody reads. */
const maxStored = { ended: 100, active: 500 };

/** What the persistence needs. */
export interface PersistenceOptions {
  storage: StorageLike;
  tabs: TabEnvironment;
  internals: Pick<ActivityInternals, "read" | "rehydrateJobs">;
  /** The key in the storage: of one session on one backend. */
  name: string;
  /** Called with what cannot be read of the storage; it is left out. */
  onProblem: ReportProblem;
}

/** The persistence of a tab, which outlives a reload of its page. */
export interface Persistence {
  /** Stores nothing any more; what is stored stays. */
  stop: () => void;
  /** Stops, and removes what is stored. */
  forget: () => void;
}

/** What is stored. */
interface Memory {
  readonly active: readonly JobKey[];
  readonly ended: readonly EndedJob[];
}

const memorySchema = v.object({ active: aList, ended: aList }, "an object");

/**
 * Brings back what this tab stored before a reload, and stores it from now on: the ends that the user
 * has not dismissed, and the keys of active jobs, so that one that ends during the reload is shown
 * too. It stores when the page is hidden or left: after that a browser may discard the page without
 * another event (Page Lifecycle).
 */
export function startPersistence(options: PersistenceOptions): Persistence {
  const { storage, internals, name, onProblem } = options;

  function rehydrate(): void {
    const text = access(() => storage.getItem(name));
    if (typeof text !== "string") return;
    const memory = reporting(() => parseMemory(text, onProblem), onProblem);
    if (memory) internals.rehydrateJobs(memory.ended, memory.active);
  }

  function write(): void {
    const { backendJobs, endedJobs } = internals.read();
    const active = Object.values(backendJobs).map(({ key }) => key);
    const memory: Memory = {
      active: active.slice(-maxStored.active),
      ended: selectSeenEnds({ endedJobs }).slice(0, maxStored.ended),
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
    // The browser refuses its storage, or it is full: nothing outlives a reload, and all else goes on.
    return undefined;
  }
}

function parseMemory(text: string, report: ReportProblem): Memory {
  const { active, ended } = parseAs(memorySchema, "memory", parseJson("memory", text));
  return {
    active: parseEach(active, (key) => parseAs(keySchema, "memory.active", key), report),
    ended: parseEach(ended, (job) => parseAs(endedSchema, "memory.ended", job), report),
  };
}
