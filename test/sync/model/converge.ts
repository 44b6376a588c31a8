/* oxlint-disable no-await-in-loop -- one step after the other is the point */
import { selectActiveCount, selectBadge, selectLabel } from "../../../src/store/selectors.ts";
import { keyOf } from "./evidence.ts";
import { must, sourcesOf } from "./must.ts";
import { labelOf } from "./server.ts";
import type { Delivery } from "./stream.ts";
import type { Watch } from "./watch.ts";
import type { World } from "./world.ts";

/** How the stream comes to bring a snapshot once the faults have ended. */
export const reconnects = ["drop", "online", "restored", "silence"] as const;

/**
 * The faults end: what is on its way arrives, then one poll is answered and one snapshot comes.
 * From then on the store must say what the server says.
 */
export async function converge(
  world: World,
  watch: Watch,
  reconnect: (typeof reconnects)[number],
): Promise<void> {
  await arriveAll(world, watch);
  if (!world.isRunning()) await watch.step(() => void world.start());
  await takePushes(world, watch);
  await settleOnePoll(world, watch, reconnect);
  await takeOneSnapshot(world, watch, reconnect);
  // One that comes after others that ended early has to last.
  if (world.stream.isDoubted()) await watch.step(() => {}, 5_000);
  mustAgree(world);
  // A frame later nothing that was gathered may have changed that.
  await watch.step(() => {}, 16);
  mustAgree(world);
  watch.checkComplaints();
}

async function arriveAll({ user, count }: World, { step }: Watch): Promise<void> {
  while (user.inFlight() > 0) await step(() => ({ evidence: user.deliver(0, count()) }));
  while (user.pagesInFlight() > 0) await step(() => ({ evidence: user.deliverPage(0, count()) }));
}

async function settleOnePoll(
  world: World,
  { step }: Watch,
  reconnect: (typeof reconnects)[number],
): Promise<void> {
  const { environment, polls, count } = world;
  const open = polls.waiting();
  if (reconnect === "online") await step(() => world.session()?.sync.refresh());
  // What was open may be of any age: it arrives, and the one that is asked next counts.
  for (let left = open; left > 0; left -= 1) await step(() => polls.deliver(0, count()));
  const isAsked = polls.waiting() > 0 || reconnect !== "online";
  must(isAsked, "refresh", () => "nothing is asked after it");
  // The longest pause between two polls.
  const until = environment.elapsed() + 60_000;
  while (polls.waiting() === 0) await waitForTimer(world, step, until);
  await answerPolls(world, step);
}

async function takePushes(world: World, { step }: Watch): Promise<void> {
  const { environment, pushes, count } = world;
  // A hint that has come since the connection was opened is corrected by the snapshot of another.
  await step(() => ({ evidence: pushes.drop() }));
  // What an attempt may wait for its answer, the longest backoff (hidden), and until it has lasted.
  const until = environment.elapsed() + 15_000 + 60_000 + 5_000;
  while (!isFollowed()) {
    await step(() => pushes.answer());
    while (pushes.isUnderWay()) await step(() => ({ evidence: pushes.deliver(count()) }));
    if (!isFollowed()) await waitForTimer(world, step, until);
  }

  function isFollowed(): boolean {
    return sourcesOf(world.store.getState()).deploys.status === "live" && !pushes.isUnderWay();
  }
}

async function waitForTimer(
  { environment }: World,
  step: Watch["step"],
  until: number,
): Promise<void> {
  const ms = environment.nextTimerMs() ?? Number.POSITIVE_INFINITY;
  must(environment.elapsed() + ms <= until, "convergence", () => "nobody asks any more");
  await step(() => {}, Math.max(1, ms));
}

async function takeOneSnapshot(
  world: World,
  { step }: Watch,
  reconnect: (typeof reconnects)[number],
): Promise<void> {
  const { environment, stream } = world;
  // One that was opened before is of any age, as is what it says.
  for (const index of stream.waiting()) await step(() => stream.accept(index));
  for (const index of stream.unheard()) await step(() => stream.deliver(index, world.count()));
  if (reconnect === "drop") await step(() => ({ evidence: stream.fail("all") }));
  else if (reconnect === "silence") await step(() => stream.cut("all"));
  // However often the page has woken before, within a second it is looked at again.
  else await step(() => environment.wake(reconnect), 1_000);
  // Silence, the look at the clock, the time-out, and the longest backoff.
  const patienceMs = 60_000 + 5_000 + 15_000 + 30_000;
  const until = environment.elapsed() + patienceMs;
  const isAsked = () => stream.waiting().length > 0;
  const ask = async () => {
    while (!isAsked()) {
      await waitForTimer(world, step, until);
      await answerPolls(world, step);
    }
  };
  await ask();
  // An older snapshot that comes only now must not pass for news.
  for (const old of stream.unheard()) await step(() => stream.deliver(old, world.count()));
  // Of a connection that was begun before the other spoke last, the snapshot is late.
  const deliveries: Delivery[] = [];
  do {
    await ask();
    const [index = 0] = stream.waiting();
    await step(() => stream.accept(index));
    await step(() => {
      const delivery = stream.deliver(index, world.count());
      deliveries.push(delivery);
      return delivery;
    });
  } while (deliveries.at(-1)?.isOutdated);
  await answerPolls(world, step);
}

async function answerPolls({ polls, count }: World, step: Watch["step"]): Promise<void> {
  while (polls.waiting() > 0) await step(() => polls.deliver(0, count()));
}

function mustAgree({ server, store, user }: World): void {
  const rule = "convergence";
  const state = store.getState();
  const told = Object.values(state.backendJobs).map(
    (job) => `${job.key} ${job.status} ${job.label}`,
  );
  const active = server.active();
  const truth = active.map((job) => `${keyOf(job)} ${job.status} ${labelOf(job)}`);
  must(told.toSorted().join() === truth.toSorted().join(), rule, () => {
    return `the server has ${truth.join() || "none"}; the store has ${told.join() || "none"}`;
  });
  const { runs, builds, deploys } = sourcesOf(state);
  must(deploys.status === "live", rule, () => `deploys are ${deploys.status}`);
  must(runs.status === "live", rule, () => `runs are ${runs.status}`);
  must(builds.status === "live", rule, () => `builds are ${builds.status}`);
  const count = active.length + user.labels.size;
  must(selectActiveCount(state) === count, rule, () => `${selectActiveCount(state)}, not ${count}`);
  const badge = count > 1 ? `+${count - 1}` : undefined;
  must(selectBadge(state) === badge, rule, () => `the badge is ${selectBadge(state)}`);
  const labels = active.map(labelOf);
  const label = selectLabel(state);
  must(count === 0 ? label === "Idle" : labels.includes(label), rule, () => `says ${label}`);
}
