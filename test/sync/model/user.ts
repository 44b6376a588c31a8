import { drive } from "../../support/jobs/drive.ts";
import { builds, runs } from "../../../src/jobs/buildsAndRuns.ts";
import type { Job } from "../../../src/jobs/job.ts";
import type { ActivityStore } from "../../../src/store/activityStore.ts";
import { tick } from "../../../src/store/logicalClock.ts";
import { trackRequest } from "../../../src/store/trackRequest.ts";
import { type Evidence, nothing } from "./evidence.ts";
import { deploys } from "./pushes.ts";
import { type Server, type ServerJob, tell, type Telling } from "./server.ts";

/** A request of the user's that is in flight. */
interface UserRequest {
  readonly job: ServerJob;
  readonly isOver: () => boolean;
  readonly settle: { resolve: (job: Telling) => void; reject: (reason: Error) => void };
  /** What the server answered, on its way or not. */
  answer?: Telling;
}

/** A page of the host that reads the builds by itself and shares what it got. */
interface PageRead {
  readonly askedAt: number;
  readonly tick: number;
  readonly isOver: () => boolean;
  answer?: readonly Telling[];
}

/** What happens in the page besides sync: clicks, and pages that read the list themselves. */
export interface User {
  /** The user asks for something about a job; the answer is a hint. */
  ask: (label: string, job: ServerJob, isOver: () => boolean) => void;
  /** The server answers; the answer is on its way. */
  answer: (index: number) => void;
  /** The answer arrives. */
  deliver: (index: number, at: number) => Evidence;
  fail: (index: number) => void;
  /** The host has reset its store: what is in flight shows no more. */
  forgetLabels: () => void;
  readPage: (askedAt: number, isOver: () => boolean) => void;
  answerPage: (index: number) => void;
  deliverPage: (index: number, at: number) => Evidence;
  /** Requests in flight. */
  inFlight: () => number;
  pagesInFlight: () => number;
  /** What the indicator must say of requests, whatever else happens. */
  readonly labels: ReadonlyMap<string, string>;
}

/** Creates a user in front of a store. */
export function createUser(store: ActivityStore, server: Server): User {
  const requests: UserRequest[] = [];
  const pages: PageRead[] = [];
  const labels = new Map<string, string>();
  const keys = new Map<UserRequest, string>();

  function take(index: number): UserRequest | undefined {
    const [request] = requests.splice(index % Math.max(1, requests.length), 1);
    if (request) labels.delete(keys.get(request) ?? "");
    return request;
  }

  return {
    labels,
    ask(label, job, isOver) {
      let settle: UserRequest["settle"] | undefined;
      const response = new Promise<Telling>((resolve, reject) => (settle = { resolve, reject }));
      const before = new Set(Object.keys(store.getState().requestActions));
      const done = trackRequest(store, () => response, {
        label,
        job: parse,
      });
      // What the console shows of a failed request is not the model's business.
      done.catch(() => {});
      const key = Object.keys(store.getState().requestActions).find((it) => !before.has(it));
      if (!settle || key === undefined) throw new Error("rule 7: a request is not shown");
      const request = { job, isOver, settle };
      requests.push(request);
      keys.set(request, key);
      labels.set(key, label);
    },
    answer(index) {
      const request = requests[index % Math.max(1, requests.length)];
      if (request) request.answer ??= tell(request.job);
    },
    deliver(index, at) {
      const request = take(index);
      if (!request) return nothing;
      const job = request.answer ?? tell(request.job);
      request.settle.resolve(job);
      return request.isOver() ? { type: "late" } : { type: "hint", job, at };
    },
    forgetLabels: () => labels.clear(),
    fail: (index) => take(index)?.settle.reject(new Error("HTTP 500")),
    readPage: (askedAt, isOver) => void pages.push({ askedAt, isOver, tick: tick() }),
    answerPage(index) {
      const page = pages[index % Math.max(1, pages.length)];
      if (page) page.answer ??= server.list("build");
    },
    deliverPage(index, at) {
      const [page] = pages.splice(index % Math.max(1, pages.length), 1);
      if (!page) return nothing;
      const jobs = page.answer ?? server.list("build");
      const parsed = jobs.map(parse);
      drive(store).applyJobSnapshot("build", parsed, page.tick);
      const { askedAt } = page;
      return page.isOver()
        ? { type: "late" }
        : { type: "snapshot", kind: "build", jobs, askedAt, at };
    },
    inFlight: () => requests.length,
    pagesInFlight: () => pages.length,
  };
}

function parse({ kind, wire }: Pick<Telling, "kind" | "wire">): Job {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the kind's parse checks it
  const entry = wire as never;
  return { build: builds, run: runs, deploy: deploys }[kind].parse(entry);
}
