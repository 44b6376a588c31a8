import * as v from "valibot";
import type { JobKey } from "../jobs/job.ts";
import {
  aList,
  keySchema,
  numberSchema,
  parseAs,
  parseEach,
  parseJson,
  reporting,
  type ReportProblem,
} from "../jobs/payload.ts";
import type { Looks } from "../store/backendJobs.ts";
import type { EndedJob } from "../store/entries.ts";
import { selectSeenEnds, sourceOf } from "../store/selectors.ts";
import type { ActivityInternals } from "../store/storeWriter.ts";
import type { StorageLike, SyncEnvironment, TabEnvironment } from "./environment.ts";
import { endedSchema } from "./tabs/messages.ts";

/** How many ends, active jobs and unread failures are stored at the most: more than anybody reads. */
const maxStored = { ended: 100, active: 500, unread: 100 };

/** What the persistence needs. */
export interface PersistenceOptions extends Pick<SyncEnvironment, "storage" | "sharedStorage"> {
  tabs: TabEnvironment;
  internals: Pick<ActivityInternals, "read" | "rehydrateJobs" | "rememberLooks" | "looksAt">;
  kinds: ReadonlySet<string>;
  /** The key in the storages: of one session on one backend. */
  name: string;
  /** Called with what cannot be read of the storages; it is left out. */
  onProblem: ReportProblem;
}

/** The persistence of a tab. */
export interface Persistence {
  /** Stores nothing any more; what is stored stays. */
  stop: () => void;
  /** The session ends: what jobs there were is removed; up to when it looked is kept for its next one. */
  endSession: () => void;
}

/** What is stored of a tab. */
interface Memory {
  readonly active: readonly JobKey[];
  readonly ended: readonly EndedJob[];
}

const memorySchema = v.object({ active: aList, ended: aList }, "an object");
const looksSchema = v.object(
  { upTo: v.record(v.string(), numberSchema, "an object"), unread: aList },
  "an object",
);

/**
 * Brings back what was stored before, and stores it from now on. Of this tab, until it is closed: the
 * ends that the user has not dismissed, and the keys of active jobs, so that one that ends during a
 * reload is shown too. Of this login, for its next visit: up to when it has looked, and which failures
 * it had not, so that what ends meanwhile is new to it, once; nothing but keys and times.
 *
 * It stores when the page is hidden or left: after that a browser may discard the page without another
 * event (Page Lifecycle).
 */
export function startPersistence(options: PersistenceOptions): Persistence {
  const { storage, sharedStorage, internals, kinds, name, onProblem } = options;

  function readBack<Kept>(from: StorageLike | undefined, parse: (text: string) => Kept) {
    const text = access(() => from?.getItem(name));
    return typeof text === "string" ? reporting(() => parse(text), onProblem) : undefined;
  }

  function writeJobs(): void {
    const { backendJobs, endedJobs, connection } = internals.read();
    // What another sync of the store keeps true is of its own session, which may end before this one.
    const isOwn = ({ kind }: { readonly kind: string }) =>
      kinds.has(kind) || sourceOf({ connection }, kind) === undefined;
    const active = Object.values(backendJobs).filter(isOwn);
    const memory: Memory = {
      active: active.map(({ key }) => key).slice(-maxStored.active),
      ended: selectSeenEnds({ endedJobs }).filter(isOwn).slice(0, maxStored.ended),
    };
    access(() => storage?.setItem(name, JSON.stringify(memory)));
  }

  function writeLooks(): void {
    const own = internals.looksAt(kinds);
    // Another tab may have looked later.
    const before = readBack(sharedStorage, (text) => parseLooks(text, onProblem))?.upTo ?? {};
    const upTo = { ...before };
    for (const [kind, ms] of Object.entries(own.upTo)) upTo[kind] = Math.max(ms, upTo[kind] ?? 0);
    const looks: Looks = { upTo, unread: own.unread.slice(0, maxStored.unread) };
    access(() => sharedStorage?.setItem(name, JSON.stringify(looks)));
  }

  const memory = readBack(storage, (text) => parseMemory(text, onProblem));
  if (memory) internals.rehydrateJobs(memory.ended, memory.active);
  const looks = readBack(sharedStorage, (text) => parseLooks(text, onProblem));
  if (looks) internals.rememberLooks(looks);
  const stop = options.tabs.onRest(() => {
    writeJobs();
    writeLooks();
  });
  return {
    stop,
    endSession() {
      stop();
      writeLooks();
      access(() => storage?.removeItem(name));
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
    active: parseKeys("memory.active", active, report),
    ended: parseEach(ended, (job) => parseAs(endedSchema, "memory.ended", job), report),
  };
}

function parseLooks(text: string, report: ReportProblem): Looks {
  const { upTo, unread } = parseAs(looksSchema, "memory", parseJson("memory", text));
  return { upTo, unread: parseKeys("memory.unread", unread, report) };
}

function parseKeys(field: string, keys: readonly unknown[], report: ReportProblem): JobKey[] {
  return parseEach(keys, (key) => parseAs(keySchema, field, key), report);
}
