import { keyOf } from "./evidence.ts";
import { isActiveStatus, type Kind, progress, type Telling } from "./server.ts";

/** What the evidence of a session says of one job. */
export interface Known {
  readonly state: "active" | "gone" | "finished" | "unsure";
  readonly job: Telling;
  /** When there was evidence of it: of a list, when it was asked for. */
  readonly touchedAt: number;
  /** When that was heard. */
  readonly heardAt: number;
}

/**
 * What the store must say, worked out from the evidence by the rules in the design's own words and
 * by nothing else. The store has to agree with it after every step.
 */
export interface Ledger {
  get: (key: string) => Known | undefined;
  entries: () => Iterable<[string, Known]>;
  /** When the newest list that counts was asked for. */
  lastAskedAt: (kind: Kind) => number;
  update: (job: Telling, at: number) => void;
  gone: (job: Telling, at: number) => void;
  hint: (job: Telling, at: number) => void;
  snapshot: (kind: Kind, jobs: readonly Telling[], askedAt: number, at: number) => void;
}

/** Creates the ledger of a session of which nothing has been heard yet. */
export function createLedger(): Ledger {
  const known = new Map<string, Known>();
  const lastAskedAt: Record<Kind, number> = { build: -1, run: -1, deploy: -1 };

  function note(job: Telling, touchedAt: number, heardAt: number): void {
    const state = isActiveStatus(job.kind, job.status) ? "active" : "finished";
    known.set(keyOf(job), { state, job, touchedAt, heardAt });
  }

  function leaveOut(key: string, it: Known, askedAt: number): void {
    if (it.state === "finished" || it.state === "gone" || it.touchedAt > askedAt) return;
    const state = isUnclear(it, askedAt) ? "unsure" : "gone";
    known.set(key, { ...it, state });
  }

  function list(job: Telling, askedAt: number, at: number): void {
    const it = known.get(keyOf(job));
    if (!isActiveStatus(job.kind, job.status)) {
      note(job, it?.state === "finished" ? Math.max(askedAt, it.touchedAt) : askedAt, at);
    } else if (it === undefined || it.state === "gone") {
      note(job, askedAt, at);
    } else if (it.touchedAt > askedAt) {
      if (it.state === "active" && isBehind(it.job, job)) note(job, it.touchedAt, at);
    } else if (isUnclear(it, askedAt) && (it.state === "finished" || isBehind(job, it.job))) {
      known.set(keyOf(job), { ...it, state: "unsure" });
    } else {
      note(job, askedAt, at);
    }
  }

  return {
    get: (key) => known.get(key),
    entries: () => known.entries(),
    lastAskedAt: (kind) => lastAskedAt[kind],
    update(job, at) {
      const it = known.get(keyOf(job));
      if (!it || it.heardAt <= at || !isUndone(it, job)) note(job, at, at);
    },
    gone(job, at) {
      const it = known.get(keyOf(job));
      if (it?.state === "active") known.set(keyOf(job), { ...it, state: "gone", heardAt: at });
    },
    hint(job, at) {
      const it = known.get(keyOf(job));
      if (it?.state === "finished") return;
      const isActive = isActiveStatus(job.kind, job.status);
      if (isActive && it?.state === "unsure") {
        known.set(keyOf(job), { ...it, touchedAt: at, heardAt: at });
      } else {
        const isOld = isActive && it?.state === "active" && isBehind(job, it.job);
        note(isOld ? it.job : job, at, at);
      }
    },
    snapshot(kind, jobs, askedAt, at) {
      if (askedAt < lastAskedAt[kind]) return;
      lastAskedAt[kind] = askedAt;
      const listed = new Set(jobs.map(keyOf));
      for (const [key, it] of known)
        if (it.job.kind === kind && !listed.has(key)) leaveOut(key, it, askedAt);
      for (const job of jobs) list(job, askedAt, at);
    },
  };
}

// Asked for before the answer to an older question came, as a page and the poll can: the texts do
// not say which of the two is right. Of two streams the newer one is.
function isUnclear({ job, touchedAt, heardAt }: Known, askedAt: number): boolean {
  return job.kind === "build" && touchedAt <= askedAt && heardAt > askedAt;
}

// An update is gathered for a frame; what a hint said meanwhile is later.
function isUndone({ state, job }: Known, update: Telling): boolean {
  if (!isActiveStatus(update.kind, update.status)) return false;
  if (state !== "active") return state === "finished";
  return isBehind(update, job) || isOtherWait(update, job);
}

// Whether a person is needed comes and goes without a step.
function isOtherWait(job: Telling, than: Telling): boolean {
  const isSame = progress(job.kind, job.status) === progress(than.kind, than.status);
  return isSame && (job.status === "in_review") !== (than.status === "in_review");
}

function isBehind(job: Telling, than: Telling): boolean {
  return progress(job.kind, job.status) < progress(than.kind, than.status);
}
