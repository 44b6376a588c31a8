import type { ActivityState } from "../../../src/store/activityStore.ts";
import { type Evidence, keyOf, nothing } from "./evidence.ts";
import {
  checkComplaints,
  checkLiveness,
  checkNothingIsOpen,
  checkRequests,
  checkSession,
} from "./keeping.ts";
import { createLedger } from "./ledger.ts";
import { checkOrder } from "./order.ts";
import { shown } from "./must.ts";
import { checkRules } from "./rules.ts";
import { isActiveStatus, type Kind, type Telling } from "./server.ts";
import type { Delivery } from "./stream.ts";
import type { World } from "./world.ts";

/** For how long updates are gathered after one was written, in ms: one frame. */
const frameMs = 16;

interface Gathered {
  readonly job: Telling;
  readonly at: number;
  readonly ms: number;
}

/** Whether a source writes what it has gathered of a kind before it writes this. */
function isWritten(kind: Kind, evidence: Evidence): boolean {
  if (evidence.type === "snapshot") return evidence.kind === kind;
  return evidence.type === "gone" && evidence.job.kind === kind;
}

/** Follows a world and looks at the rules after every step. */
export interface Watch {
  /** Acts, lets `ms` pass, and looks. @throws BrokenRule with the name of what does not hold */
  step: (act: () => Delivery | void, ms?: number) => Promise<void>;
  /** Whether everything malformed that came in this session was complained of. */
  checkComplaints: () => void;
}

/** Creates the watch of a world; `canHang` if a request can outlive its time-out. */
export function createWatch(world: World, canHang: boolean): Watch {
  const { environment, store } = world;
  let session = world.session();
  let ledger = createLedger();
  let gathered: Gathered[] = [];
  /** Until when updates of a kind are gathered, by elapsed time in ms. */
  const frameEndMs = new Map<Kind, number>();
  let expectedFields = new Set<string>();
  let openedBefore = 0;
  let wasDoubted = false;
  let resets = world.resets();
  const heardMs = { runs: 0, builds: 0 };

  function beginSession(): void {
    session = world.session();
    expectedFields = new Set();
    beginAnew();
  }

  function beginAnew(): void {
    resets = world.resets();
    ledger = createLedger();
    gathered = [];
    frameEndMs.clear();
    heardMs.runs = heardMs.builds = environment.elapsed();
  }

  /** Writes down what was heard; gives what had been gathered until then. */
  function flush(evidence: Evidence): Telling[] {
    if (evidence.type === "update") gathered.push({ ...evidence, ms: environment.elapsed() });
    return [...flushKind("run", evidence), ...flushKind("deploy", evidence)];
  }

  // Each source gathers by itself.
  function flushKind(kind: Kind, evidence: Evidence): Telling[] {
    const own = gathered.filter(({ job }) => job.kind === kind);
    const [first] = own;
    if (!first) return [];
    // As soon as any time passes, unless another one was written within a frame before.
    const dueMs = Math.max(first.ms, frameEndMs.get(kind) ?? 0);
    const nowMs = environment.elapsed();
    if (nowMs >= dueMs && nowMs > first.ms) frameEndMs.set(kind, dueMs + frameMs);
    else if (!isWritten(kind, evidence) && !isWrittenAlready(own)) return [];
    for (const { job, at } of own) ledger.update(job, at);
    gathered = gathered.filter((it) => !own.includes(it));
    return own.map(({ job }) => job);
  }

  // What was gathered may be written early when a new snapshot is asked for.
  function isWrittenAlready(own: readonly Gathered[]): boolean {
    if (openedBefore === world.opened()) return false;
    const jobs = new Map(own.map(({ job }) => [keyOf(job), job]));
    return [...jobs].every(([key, { kind, status }]) => {
      const is = shown(store.getState(), key)?.status;
      return is === (isActiveStatus(kind, status) ? status : undefined);
    });
  }

  function fold(evidence: Evidence): Evidence {
    if (evidence.type === "hint") ledger.hint(evidence.job, evidence.at);
    if (evidence.type === "gone") ledger.gone(evidence.job, evidence.at);
    if (evidence.type !== "snapshot") return evidence;
    const { kind, jobs, askedAt, at } = evidence;
    if (askedAt < ledger.lastAskedAt(kind)) return { type: "outdated" };
    ledger.snapshot(kind, jobs, askedAt, at);
    return evidence;
  }

  function hear(evidence: Evidence): void {
    const isList = evidence.type === "snapshot";
    const isUpdate = evidence.type === "update" && evidence.job.kind === "run";
    if (isUpdate || evidence.type === "malformed") heardMs.runs = elapsed();
    if (isList && evidence.kind === "run") heardMs.runs = elapsed();
    if (isList && evidence.kind === "build") heardMs.builds = elapsed();
  }
  const elapsed = () => environment.elapsed();

  function look(before: ActivityState, heard: Evidence): void {
    const isRunning = world.isRunning();
    const flushed = isRunning ? flush(heard) : [];
    const earlier = new Map(ledger.entries());
    const evidence = isRunning ? fold(heard) : heard;
    const after = store.getState();
    const isStreamHeard = world.stream.isHeard();
    const isDoubted = world.stream.isDoubted();
    const known = { ledger, earlier, flushed, isRunning, isStreamHeard, isDoubted, wasDoubted };
    wasDoubted = isDoubted;
    const moment = { before, after, evidence, ...known };
    checkRules(moment);
    checkOrder(moment);
    checkRequests(world);
    if (isRunning) checkLiveness(world, heardMs, canHang);
    else checkNothingIsOpen(world, canHang);
    checkSession(session);
  }

  return {
    async step(act, ms = 0) {
      let before = store.getState();
      openedBefore = world.opened();
      const { evidence, badField } = act() ?? { evidence: nothing };
      await (ms > 0 ? environment.advance(ms) : environment.settle());
      if (world.session() !== session) beginSession();
      if (world.resets() !== resets) {
        beginAnew();
        // Nothing follows from what was there before.
        before = store.getState();
      }
      if (badField !== undefined) expectedFields.add(badField);
      hear(evidence);
      look(before, evidence);
    },
    checkComplaints: () => checkComplaints(session, expectedFields),
  };
}
