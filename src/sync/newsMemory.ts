import * as v from "valibot";
import { PayloadError } from "../jobs/PayloadError.ts";
import type { BackendJobsSlice } from "../store/backendJobs.ts";
import { selectNews } from "../store/selectors.ts";
import { endedSchema, keySchema } from "./entrySchemas.ts";
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
  onProblem: (problem: PayloadError) => void;
}

/** The memory of one tab. */
export interface NewsMemory {
  /** The session is over, and nothing of it is left. */
  forget: () => void;
}

const memorySchema = v.object({ active: v.array(keySchema), ended: v.array(endedSchema) });

/**
 * Has what this tab has seen outlive a reload: the news that were not put away, and which jobs were
 * active, so that an end during the reload is news too. It is written when the page is hidden or
 * left, the last moments at which anything can be (Page Lifecycle), into the storage of this tab.
 */
export function startNewsMemory(options: NewsMemoryOptions): NewsMemory {
  const { storage, store, name } = options;
  function recall(): void {
    const text = attempt(() => storage.getItem(name));
    if (typeof text !== "string") return;
    try {
      const { ended, active } = parseMemory(text);
      store.getState().recallJobs(ended, active);
    } catch (problem) {
      if (!(problem instanceof PayloadError)) throw problem;
      options.onProblem(problem);
    }
  }

  function write(): void {
    const { backendJobs, endedJobs } = store.getState();
    const active = Object.values(backendJobs).map(({ key }) => key);
    const memory: v.InferInput<typeof memorySchema> = {
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

function parseMemory(text: string): v.InferOutput<typeof memorySchema> {
  const parsed = v.safeParse(memorySchema, parseJson(text));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  const what = path === null ? "memory" : `memory.${path}`;
  throw new PayloadError(what, issue.expected ?? "another shape", issue.input);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new PayloadError("memory", "JSON", text, { cause });
  }
}
