/**
 * How an active job moves along: `queued` waits for its turn, `working` will end by itself, and
 * `steady` is simply on (a running server) until somebody ends it.
 */
export type JobPace = "queued" | "working" | "steady";

/** What is known of one active status of a kind of job. */
export interface ActiveStatus {
  /** What the indicator says; `project` is absent where it is not known. */
  readonly label: (project: string | undefined) => string;
  /** How it stands, in a word. @default the status itself */
  readonly word?: string;
  readonly pace: JobPace;
  /** Whether entering this status makes the job the latest one again. @default false */
  readonly movesToFront?: boolean;
}

/** How a job can end. */
export type JobOutcome = "succeeded" | "failed" | "stopped";

/** Where the evidence for the jobs comes from: the stream of runs, and the poll of builds. */
export type SourceName = "runs" | "builds";

/** One kind of backend job. */
export interface JobKind {
  /** What keeps its jobs true. */
  readonly source: SourceName;
  /** The kind in one word for a person. */
  readonly noun: string;
  /** Active statuses by name, in the order in which a job passes through them. */
  readonly active: Readonly<Record<string, ActiveStatus>>;
  /** Final statuses by name. */
  readonly final: Readonly<Record<string, JobOutcome>>;
}

/**
 * The table of job kinds. A further kind is one entry here and one source in `sync/`; store,
 * selectors and indicator read whatever stands here.
 */
export const jobKinds = {
  build: {
    source: "builds",
    noun: "Build",
    active: {
      pending: { label: () => "Build queued…", word: "queued", pace: "queued" },
      running: {
        label: (project) => (project === undefined ? "Building…" : `Building (${project})`),
        pace: "working",
      },
    },
    final: { succeeded: "succeeded", failed: "failed" },
  },
  run: {
    source: "runs",
    noun: "Server",
    active: {
      pending: { label: () => "Starting server…", word: "starting", pace: "working" },
      running: {
        label: (project) =>
          project === undefined ? "Server running…" : `Server running (${project})`,
        pace: "steady",
      },
      // Stopping is what the user has just asked for, so it comes before older work.
      stopping: { label: () => "Stopping server…", pace: "working", movesToFront: true },
    },
    final: { stopped: "stopped", succeeded: "succeeded", failed: "failed" },
  },
} as const satisfies Record<string, JobKind>;

const kindsByName: Readonly<Record<string, JobKind>> = jobKinds;

/** The name of a kind in the table: `"build"` or `"run"`. */
export type JobKindName = keyof typeof jobKinds;

/** A job's key in the store: its kind and its id, such as `build:42` or `run:7`. */
export type JobKey = `${string}:${string}`;

/** The key of a job. */
export function jobKey(job: { readonly kind: string; readonly id: string }): JobKey {
  return `${job.kind}:${job.id}`;
}

/** The table's entry for a kind, or `undefined` for a kind that a host registered by hand. */
export function findJobKind(kind: string): JobKind | undefined {
  return Object.hasOwn(kindsByName, kind) ? kindsByName[kind] : undefined;
}

/** What is known of an active status; `undefined` if the status is final or unknown. */
export function findActiveStatus(kind: string, status: string): ActiveStatus | undefined {
  const active = findJobKind(kind)?.active;
  return active !== undefined && Object.hasOwn(active, status) ? active[status] : undefined;
}

/** How a job ended; `undefined` if the status is active or unknown. */
export function findOutcome(kind: string, status: string): JobOutcome | undefined {
  const final = findJobKind(kind)?.final;
  return final !== undefined && Object.hasOwn(final, status) ? final[status] : undefined;
}

/** How far along an active status is: 0 for the first one, -1 if it is not active. */
export function progressOf(kind: string, status: string): number {
  return Object.keys(findJobKind(kind)?.active ?? {}).indexOf(status);
}
