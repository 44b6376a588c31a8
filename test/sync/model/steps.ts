import * as fc from "fast-check";
import { badEntryCount } from "./badInput.ts";
import { type Evidence, nothing } from "./evidence.ts";
import { pollFailures } from "./polls.ts";
import type { ServerJob } from "./server.ts";
import type { Delivery } from "./stream.ts";
import type { World } from "./world.ts";

/** What a step does; `a` and `b` choose among what there is to choose from. */
type Act = (world: World, a: number, b: number) => Delivery | Evidence | void;

const passMs = [1, 15, 16, 100, 1_000, 4_000, 5_000, 10_000, 15_000, 31_000, 62_000];
const wakeReasons = ["online", "visible", "restored"] as const;
const projects = ["shop", "blog"];

/** Everything that can happen. Each is a step by itself; the rules are looked at after each. */
const acts = {
  // What the server does.
  "create a build": ({ server }, a) => void server.create("build", project(a)),
  "create a run"({ server, stream }, a) {
    stream.announce(server.create("run", project(a)));
  },
  "create a deploy"({ server, pushes }, a) {
    pushes.announce(server.create("deploy", project(a)));
  },
  "move a job"(world, a, b) {
    const job = jobAt(world, a);
    if (job && world.server.move(job, b)) announce(world, job);
  },
  "tell again"(world, a) {
    const job = jobAt(world, a);
    if (job) announce(world, job);
  },
  restart(world, a, b) {
    world.stream.cut("all");
    for (const [index, job] of world.server.jobs.entries()) {
      if ((a >> (index % 4)) % 2 === 0) continue;
      job.isListed = false;
      job.wasForgotten = true;
      if (job.kind === "deploy") world.pushes.announce(job);
    }
    return b % 2 ? world.stream.fail("all") : nothing;
  },
  "list again"(world, a, b) {
    const job = world.server.jobs.filter(({ isListed }) => !isListed)[a];
    if (!job) return;
    job.isListed = true;
    if (b % 2) announce(world, job);
  },

  // What the stream does.
  accept: ({ stream }, a, b) => stream.accept(a, b < badEntryCount ? b : undefined),
  "accept well": ({ stream }, a) => stream.accept(a),
  "accept with nonsense": ({ stream }, a, b) => stream.accept(a, 100 + b),
  "send a snapshot again": ({ stream }, a) => stream.repeat(a),
  "next frame": ({ stream, count }, a) => stream.deliver(a, count()),
  garble: ({ stream }, a, b) => stream.garble(a, b),
  "drop the stream": ({ stream }, a) => stream.fail(a),
  "drop it silently": ({ stream }, a) => stream.cut(a),

  // What the host's own source does.
  "answer the push": ({ pushes }) => pushes.answer(),
  "next push": ({ pushes, count }) => pushes.deliver(count()),
  "drop the push": ({ pushes }) => pushes.drop(),

  // What the poll does.
  "answer a poll": ({ polls }, a) => polls.answer(a),
  "poll answer": ({ polls, count }, a) => polls.deliver(a, count()),
  "bad poll answer": ({ polls, count }, a, b) => polls.deliver(a, count(), b),
  "poll failure": ({ polls }, a, b) =>
    polls.fail(a, pollFailures[b % pollFailures.length] ?? "network", b),
  unauthorized(world, a) {
    const session = world.session();
    if (a === 0 && world.polls.refuse(a) && session) session.isRefused = true;
  },

  // What the user and the host's pages do.
  "trigger a build"(world, a) {
    if (!world.isRunning()) return;
    const job = world.server.create("build", project(a));
    world.user.ask("Triggering build", job, world.isOverLater());
  },
  "start a run"(world, a) {
    if (!world.isRunning()) return;
    const job = world.server.create("run", project(a));
    announce(world, job);
    world.user.ask("Starting run", job, world.isOverLater());
  },
  "ask for a deploy"(world, a) {
    if (!world.isRunning()) return;
    const job = world.server.create("deploy", project(a));
    announce(world, job);
    world.user.ask("Deploying", job, world.isOverLater());
  },
  "stop a run"(world, a) {
    const runs = world.server.jobs.filter(({ kind }) => kind === "run");
    const job = runs[a % Math.max(1, runs.length)];
    if (!job || !world.isRunning()) return;
    world.user.ask("Stopping run", job, world.isOverLater());
    if (job.status === "pending" || job.status === "running") {
      job.status = "stopping";
      announce(world, job);
    }
  },
  "answer a request": ({ user }, a) => user.answer(a),
  "request answer": ({ user, count }, a) => user.deliver(a, count()),
  "request failure": ({ user }, a) => user.fail(a),
  "page asks"({ user, count, isRunning, isOverLater }) {
    if (isRunning()) user.readPage(count(), isOverLater());
  },
  "answer a page": ({ user }, a) => user.answerPage(a),
  "page answer": ({ user, count }, a) => user.deliverPage(a, count()),

  // What time and the browser do.
  pass: () => nothing,
  sleep: ({ environment }, a) => environment.sleep((a + 1) * 20_000),
  wake: ({ environment }, a) => environment.wake(wakeReasons[a % wakeReasons.length] ?? "online"),
  hide: ({ environment }) => environment.hide(),
  show: ({ environment }) => environment.show(),

  // What the host does.
  refresh: (world) => world.session()?.sync.refresh(),
  stop(world, a) {
    const session = world.session();
    if (!session) return;
    for (let times = 0; times <= a % 2; times += 1) session.sync.stop();
    session.isOver = true;
  },
  "stop an earlier one": ({ earlier }, a) => earlier[a % Math.max(1, earlier.length)]?.sync.stop(),
  start(world) {
    if (!world.isRunning()) world.start();
  },
  "reset the store": (world) => world.reset(),
} satisfies Record<string, Act>;

/** The name of something that can happen. */
export type ActName = keyof typeof acts;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it has no other keys
const actNames = Object.keys(acts) as ActName[];

/** A step of a schedule: what happens, and two numbers that say to what and how. */
export type Step = readonly [act: ActName, a: number, b: number];

/** Takes a step. Time passes in `pass` only, and is not taken here. */
export function takeStep(world: World, [name, a, b]: Step): Delivery {
  const act: Act = acts[name];
  const outcome = act(world, a, b) ?? nothing;
  return "evidence" in outcome ? outcome : { evidence: outcome };
}

/** How much time a step lets pass, in ms. */
export function passedMs([name, a]: Step): number {
  return name === "pass" ? (passMs[a % passMs.length] ?? 0) : 0;
}

/** Schedules of up to 40 steps in which acts come up as often as they weigh. */
export function schedules(weights: Partial<Record<ActName, number>>): fc.Arbitrary<Step[]> {
  const names = actNames.flatMap((name) => Array.from({ length: weights[name] ?? 0 }, () => name));
  const step = fc.tuple(fc.constantFrom(...names), fc.nat(11), fc.nat(11));
  return fc.array(step, { maxLength: 40, size: "max" });
}

function project(a: number): string {
  return projects[a % projects.length] ?? "shop";
}

function jobAt({ server }: World, a: number): ServerJob | undefined {
  return server.jobs.at(-1 - (a % Math.max(1, server.jobs.length)));
}

function announce({ stream, pushes }: World, job: ServerJob): void {
  if (job.kind === "deploy") pushes.announce(job);
  if (job.kind === "run" && job.isListed) stream.announce(job);
}
