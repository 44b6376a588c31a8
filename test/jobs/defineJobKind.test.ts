import { describe, expect, it } from "vitest";
import { defineJobKind } from "../../src/jobs/defineJobKind.ts";
import { PayloadError } from "../../src/jobs/payload.ts";
import type { Status } from "../../src/jobs/statuses.ts";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { selectLabel, selectPhase } from "../../src/store/selectors.ts";

const deploys = defineJobKind({
  name: "deploy",
  noun: "Deployment",
  statuses: {
    QUEUED: "queued",
    BUILDING: "working",
    NEEDS_APPROVAL: "waiting",
    ROLLING_OUT: "working",
    READY: "succeeded",
    ERROR: "failed",
  },
  // What a server sends is any text.
  parse: (entry: { id: string; state: string; title?: string; finishedAt?: number }) => ({
    id: entry.id,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- that is what is tested
    status: entry.state as "QUEUED",
    title: entry.title,
    finishedAt: entry.finishedAt,
  }),
});

const deploy = (state: string, title?: string) =>
  deploys.parse({ id: "1", state, ...(title !== undefined && { title }) });

const parse = () => ({ id: "1", status: "a" as const });

describe("a kind of a host's own", () => {
  it.each([
    ["QUEUED", "shop", "Deployment queued (shop)"],
    ["BUILDING", undefined, "Deployment building…"],
    ["NEEDS_APPROVAL", "shop", "Deployment needs approval (shop)"],
  ])("says of %s with the title %s: %s", (state, title, label) => {
    expect(deploy(state, title)).toMatchObject({ label });
  });

  it("takes a status that it does not know for work, and reports it", () => {
    const problems: PayloadError[] = [];
    const job = deploys.parse({ id: "1", state: "paused" }, (problem) => problems.push(problem));
    expect(job).toMatchObject({ phase: "working", rank: 0, label: "Deployment paused…" });
    expect(problems.map(({ message }) => message)).toEqual([
      'deploy.status: expected "QUEUED", "BUILDING", "NEEDS_APPROVAL", "ROLLING_OUT", "READY", "ERROR", got "paused"',
    ]);
  });

  it("takes one that it does not know for over if the job has finished", () => {
    const job = deploys.parse({ id: "1", state: "paused", finishedAt: 1_767_614_400_000 });
    expect(job).toMatchObject({ outcome: "ended" });
  });

  it("refuses an entry of which its parse makes an object that cannot be read", () => {
    const lazy = defineJobKind({
      name: "lazy",
      noun: "N",
      statuses: { a: "queued" },
      parse: (entry: { end?: { at: number } }) => ({
        ...parse(),
        get finishedAt() {
          if (!entry.end) throw new Error("no end");
          return entry.end.at;
        },
      }),
    });
    expect(() => lazy.parse({})).toThrow(PayloadError);
    expect(lazy.parse({ end: { at: 1_767_614_400_000 } }).id).toBe("1");
  });

  it.each(["request", "a b", "a:b", ""])("is not named %j", (name) => {
    const statuses = { a: "queued" } as const;
    expect(() => defineJobKind({ name, noun: "N", statuses, parse })).toThrow(TypeError);
  });

  it("has no unknownStatus that means nothing", () => {
    const definition = { name: "n", noun: "N", statuses: { a: "queued" }, unknownStatus: "done" };
    expect(() => Reflect.apply(defineJobKind, undefined, [{ ...definition, parse }])).toThrow(
      'unknownStatus of "n" must be one of queued, working, waiting, steady',
    );
  });

  it.each<[unknown]>([
    ["done"],
    [{}],
    [{ phase: "succeeded" }],
    [{ outcome: "working" }],
    [null],
    [7],
  ])("has no status that means %j", (meaning) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a host without types
    const statuses = { a: meaning as Status };
    expect(() => defineJobKind({ name: "n", noun: "N", statuses, parse })).toThrow(
      'status "a" of "n" must be one of queued, working, waiting, steady',
    );
  });
});

describe("a job that waits for a person", () => {
  it("is active, and says so", () => {
    const store = createActivityStore();
    store.getState().applyJobHint(deploy("NEEDS_APPROVAL", "shop"));
    expect(selectLabel(store.getState())).toBe("Deployment needs approval (shop)");
    expect(selectPhase(store.getState())).toBe("waiting");
  });

  it("is as far along as the status before it", () => {
    const states = ["QUEUED", "BUILDING", "NEEDS_APPROVAL", "ROLLING_OUT"];
    const ranks = states.map((state) => deploy(state)).map((job) => job.phase && job.rank);
    expect(ranks).toEqual([0, 1, 1, 2]);
  });

  it("is moved on by a hint, and by none to what came before", () => {
    const store = createActivityStore();
    const status = () => store.getState().backendJobs["deploy:1"]?.status;
    store.getState().applyJobHint(deploy("NEEDS_APPROVAL"));
    store.getState().applyJobHint(deploy("QUEUED"));
    expect(status()).toBe("NEEDS_APPROVAL");
    store.getState().applyJobHint(deploy("ROLLING_OUT"));
    expect(status()).toBe("ROLLING_OUT");
  });

  it.each([
    ["into", "BUILDING", "NEEDS_APPROVAL"],
    ["out of", "NEEDS_APPROVAL", "BUILDING"],
  ])("goes %s waiting by a hint, which is no step back", (_, from, to) => {
    const store = createActivityStore();
    store.getState().applyJobHint(deploy(from));
    store.getState().applyJobHint(deploy(to));
    expect(store.getState().backendJobs["deploy:1"]?.status).toBe(to);
  });
});
