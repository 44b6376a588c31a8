import * as v from "valibot";
import { keySchema, parseAs } from "../jobs/fields.ts";
import type { JobKey } from "../jobs/jobKinds.ts";
import { PayloadError } from "../jobs/PayloadError.ts";
import { parseEach, reporting, type ReportProblem } from "../jobs/wire.ts";
import type { BackendJobsSlice } from "../store/backendJobs.ts";
import type { EndedJob } from "../store/endedJob.ts";
import { selectNews } from "../store/selectors.ts";
import { endedSchema } from "./entrySchemas.ts";
import type { StorageLike, TabEnvironment } from "./environment.ts";

/** How many news, and how many active jobs, are remembered: more than anybody reads. */
const maxRemembered = { ended: 100, active: 500 };

/** What the memory needs. */
export interface NewsMemoryOptions {
  storage: StorageLike;
  tabs: TabEnvironment;
  store: { getState: () => Pick<BackendJobsSlice, "backendJobs" | "endedJobs" | "recallJobs"> };
  /** Whose memory it is: that of one session on one backend. */
  name: string;
  onProblem: ReportProblem;
}

interface Memory {
  readonly active: readonly JobKey[];
  readonly ended: readonly EndedJob[];
}

/** The memory of one tab. */
export interface NewsMemory {
  /** The session is over, and nothing of it is left. */
  forget: () => void;
}

const aList = v.array(v.unknown(), "an array");
const memorySchema = v.object({ active: aList, ended: aList }, "an object");

/**
 * Has what this tab has seen outlive a reload: the news that were not put away, and which jobs were
 * active, so that an end during the reload is news too. It is written when the page is hidden or
 * left, the last moments at which anything can be (Page Lifecycle), into the storage of this tab.
 */
export function startNewsMemory(options: NewsMemoryOptions): NewsMemory {
  const { storage, store, name, onProblem } = options;
  function recall(): void {
    const text = attempt(() => storage.getItem(name));
    if (typeof text !== "string") return;
    const memory = reporting(() => parseMemory(text, onProblem), onProblem);
    if (memory) store.getState().recallJobs(memory.ended, memory.active);
  }

  function write(): void {
    const { backendJobs, endedJobs } = store.getState();
    const active = Object.values(backendJobs).map(({ key }) => key);
    const memory: Memory = {
      active: active.slice(-maxRemembered.active),
      ended: selectNews({ endedJobs }).slice(0, maxRemembered.ended),
    };
    attempt(() => storage.setItem(name, JSON.stringify(memory)));
  }

  recall();
  const cancel = options.tabs.onRest(write);
  return {
    forget() {
      cancel();
      attempt(() => storage.removeItem(name));
    },
  };
}

function attempt<Result>(access: () => Result): Result | undefined {
  try {
    return access();
  } catch {
    // A browser may refuse to keep anything: then nothing outlives a reload, and all else goes on.
    return undefined;
  }
}

// One entry that cannot be read costs only itself.
function parseMemory(text: string, report: ReportProblem): Memory {
  const { active, ended } = parseAs(memorySchema, "memory", parseJson(text));
  return {
    active: parseEach(active, (key) => parseAs(keySchema, "memory.active", key), report),
    ended: parseEach(ended, (job) => parseAs(endedSchema, "memory.ended", job), report),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new PayloadError("memory", "JSON", text, { cause });
  }
}
