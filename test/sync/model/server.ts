/** The kinds of job that the server knows. */
export type Kind = "build" | "run" | "deploy";

/** A job at one moment, as the server would tell it. */
export interface Telling {
  readonly kind: Kind;
  readonly id: string;
  readonly projectId: string;
  readonly status: string;
  /** Server time, epoch ms: when it started, else when it was made. */
  readonly startAt: number;
  /** What travels. */
  readonly wire: { readonly id: string; readonly status: string };
}

/** A job in the server's memory. */
export interface ServerJob {
  readonly kind: Kind;
  readonly id: string;
  readonly projectId: string;
  status: string;
  /** Whether the server knows of it now: a restart may lose it. */
  isListed: boolean;
  /** Whether it was ever lost: then nothing can be promised of how it looks from outside. */
  wasForgotten: boolean;
  readonly createdAt: number;
  startedAt?: number;
  finishedAt?: number;
}

// Where a status can lead: only ever forward, in the order of the table.
const nextStatuses: Readonly<Record<Kind, Readonly<Record<string, readonly string[]>>>> = {
  build: { pending: ["running", "failed"], running: ["succeeded", "failed"] },
  run: {
    pending: ["running", "stopping", "failed"],
    running: ["stopping", "succeeded", "failed", "stopping"],
    stopping: ["stopped", "failed"],
  },
  // A review comes and goes.
  deploy: {
    pending: ["building", "failed"],
    building: ["in_review", "failed"],
    in_review: ["building", "releasing", "failed"],
    releasing: ["ready", "failed"],
  },
};

/** A kind by its name. */
export function toKind(name: string): Kind {
  return name === "build" || name === "deploy" ? name : "run";
}

/** Whether a job of that status is active, by the table in the specification. */
export function isActiveStatus(kind: Kind, status: string): boolean {
  return Object.hasOwn(nextStatuses[kind], status);
}

/** How far along an active status is; -1 for a final one. */
export function progress(kind: Kind, status: string): number {
  const statuses = Object.keys(nextStatuses[kind]).filter((it) => it !== "in_review");
  return statuses.indexOf(status === "in_review" ? "building" : status);
}

/** What the indicator must say of an active job, by the table in the specification. */
export function labelOf({ kind, status, projectId }: Omit<Telling, "wire" | "startAt">): string {
  if (kind === "deploy") return `Deploy ${status.replace("_", " ")} (${projectId})`;
  if (kind === "build") return status === "running" ? `Building (${projectId})` : "Build queued…";
  if (status === "running") return `Server running (${projectId})`;
  return status === "pending" ? "Starting server…" : "Stopping server…";
}

/** The reference server: the truth that the store must come to. */
export interface Server {
  readonly jobs: readonly ServerJob[];
  create: (kind: Kind, projectId: string) => ServerJob;
  /** Moves a job on; `false` if it has ended. */
  move: (job: ServerJob, choice: number) => boolean;
  /** All jobs of a kind that it knows, newest first, finished ones included. */
  list: (kind: Kind) => Telling[];
  /** Those of them that are active. */
  active: () => Telling[];
}

// A server must take ids that name what every object has.
const oddIds = ["__proto__", "constructor"];

/** Creates a server whose clock is off by `skewMs`. */
export function createServer(skewMs: number): Server {
  const jobs: ServerJob[] = [];
  let time = Date.UTC(2026, 0, 5, 12) + skewMs;

  function now(): number {
    time += 1_000;
    return time;
  }

  function list(kind: Kind): Telling[] {
    return jobs
      .filter((job) => job.kind === kind && job.isListed)
      .map(tell)
      .toReversed();
  }

  return {
    jobs,
    create(kind, projectId) {
      const id = oddIds[jobs.length] ?? `${kind.charAt(0)}${jobs.length}`;
      const known = { isListed: true, wasForgotten: false };
      const job = { kind, id, projectId, status: "pending", ...known, createdAt: now() };
      jobs.push(job);
      return job;
    },
    move(job, choice) {
      const next = nextStatuses[job.kind][job.status];
      const status = next?.[choice % next.length];
      if (status === undefined) return false;
      job.status = status;
      if (status === "running") job.startedAt = now();
      if (!isActiveStatus(job.kind, status)) job.finishedAt = now();
      return true;
    },
    list,
    active: () =>
      [...list("build"), ...list("run"), ...list("deploy")].filter(({ kind, status }) =>
        isActiveStatus(kind, status),
      ),
  };
}

/** A job as it is now. */
export function tell(job: ServerJob): Telling {
  const { kind, id, projectId, status, createdAt, startedAt, finishedAt } = job;
  const wire = {
    id,
    projectId,
    createdAt: new Date(createdAt).toISOString(),
    ...(startedAt === undefined ? {} : { startedAt: new Date(startedAt).toISOString() }),
    ...(finishedAt === undefined ? {} : { finishedAt: new Date(finishedAt).toISOString() }),
  };
  const startAt = startedAt ?? createdAt;
  return { kind, id, projectId, status, startAt, wire: { ...wire, ...ofKind(kind, status) } };
}

function ofKind(kind: Kind, status: string) {
  return kind === "run" ? { status, logs: [] } : { status };
}
