// What an event, a burst, a snapshot and a request cost on a page, until they are in the DOM.
import { createRoot } from "react-dom/client";
import { deferred } from "../../../support/deferred.ts";
import type { Contender } from "./contender.ts";
import { type Figures, jobCounts } from "./figures.ts";
import { clickSend, Neighbours, rendersOfNeighbours } from "./neighbours.tsx";
import { createRunStream, type RunStream } from "./runStream.ts";
import { labelOfRun, snapshotText, type Turn, updateText } from "./runs.ts";
import { medianOf, medianTime, nextTask, pause, timeOf } from "./timing.ts";

/** Mounts a contender on the page and takes its figures. */
export async function measureUpdates(contender: Contender): Promise<Figures> {
  const request = await onPage(contender, measureRequest);
  if (!contender.showsRuns) return { "a request begins": request };
  const figures: Record<string, number> = { "a request begins": request };
  // Once more at first, for the engine to have seen it all.
  for (const count of [jobCounts[0], ...jobCounts])
    // oxlint-disable-next-line no-await-in-loop -- a page has one thing measured at a time
    Object.assign(figures, await onPage(contender, (on) => measureRuns(contender, on, count)));
  const snapshots: number[] = [];
  while (snapshots.length < 5)
    // oxlint-disable-next-line no-await-in-loop -- a page has one thing measured at a time
    snapshots.push(await onPage(contender, (on) => measureFirstSnapshot(contender, on)));
  return { ...figures, "first snapshot of 10000": medianOf(snapshots) };
}

async function onPage<Measured>(
  { Page, Sender }: Contender,
  measure: (stream: RunStream) => Promise<Measured>,
): Promise<Measured> {
  const stream = createRunStream();
  const root = createRoot(document.getElementById("root") ?? document.body);
  root.render(
    <Page stream={stream}>
      <Neighbours Sender={Sender} />
    </Page>,
  );
  await pause(50);
  const measured = await measure(stream);
  root.unmount();
  await pause(50);
  return measured;
}

function measureFirstSnapshot(
  { passFrame = () => {} }: Contender,
  stream: RunStream,
): Promise<number> {
  const count = 10_000;
  const text = snapshotText(count, 0);
  return timeOf(() => {
    stream.emit("init", text);
    passFrame();
    return untilPage(() => shownText().includes(labelOfRun(count - 1, 0)));
  });
}

async function measureRuns(
  { passFrame = () => {}, record }: Contender,
  stream: RunStream,
  count: number,
): Promise<Figures> {
  const figures: Record<string, number> = {};
  const last = count - 1;

  /** Resolves once the page shows in which turn the latest run is. */
  async function emit(type: "init" | "run-update", data: readonly string[], turn: Turn) {
    const label = labelOfRun(last, turn);
    for (const text of data) stream.emit(type, text);
    passFrame();
    await untilPage(() => shownText().includes(label));
  }

  const whole = snapshotText(count, 0);
  await emit("init", [whole], 0);
  await nextTask();

  const before = rendersOfNeighbours();
  let events = 0;
  figures[`event at ${count}`] = await medianTime((index) => {
    const turn = turnOf(index);
    events += 1;
    return emit("run-update", [updateText(last, turn)], turn);
  });
  figures[`others rendered at ${count}`] = (rendersOfNeighbours() - before) / events;
  if (record) {
    let entries = record();
    // A store's records have had many sizes. An engine that has seen a single one takes a short cut.
    for (let grown = {}, size = 0; size < 300; size += 1) grown = copyWith(grown, size, {});
    figures[`spread of ${count}`] = await medianTime((index) => {
      // Each of a record of its own, as every event leaves one.
      entries = copyWith(entries, last, { index });
      keep(entries);
    });
    figures[`parse of ${count}`] = await medianTime(() => {
      keep(JSON.parse(whole));
    });
  }
  if (count !== 100) return figures;

  const snapshots = [whole, snapshotText(count, 1)] as const;
  figures["snapshot of 100 that all changed"] = await medianTime((index) =>
    emit("init", [snapshots[turnOf(index)]], turnOf(index)),
  );
  const bursts = ([0, 1] as const).map((turn) =>
    Array.from({ length: count }, (_, index) => updateText(index, turn)),
  );
  figures["100 events at once, 100 jobs"] = await medianTime((index) =>
    emit("run-update", bursts[turnOf(index)] ?? [], turnOf(index)),
  );
  await emit("run-update", [updateText(last, 0)], 0);
  figures["renders of 999 events"] = await countRenders(stream, passFrame);
  return figures;
}

function copyWith(record: object, run: number, entry: object): object {
  return { ...record, [`run:r${run}`]: entry };
}

// Or the engine would not make it.
function keep(made: unknown): void {
  Reflect.set(globalThis, "kept", made);
}

// It begins with the one that is not shown.
function turnOf(index: number): Turn {
  return index % 2 === 0 ? 1 : 0;
}

// Events that come in one piece of a network's data are dispatched in one task, with the microtasks of
// each between them.
async function countRenders(stream: RunStream, passFrame: () => void): Promise<number> {
  let renders = 0;
  const observer = new MutationObserver(() => {
    renders += 1;
  });
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  const texts = [updateText(99, 0), updateText(99, 1)] as const;
  // An odd number, so that the last one does not say what was there before the first.
  for (let index = 0; index < 999; index += 1) {
    stream.emit("run-update", texts[turnOf(index)]);
    // oxlint-disable-next-line no-await-in-loop -- that is the microtasks between two events
    await Promise.resolve();
  }
  passFrame();
  await pause(100);
  observer.disconnect();
  return renders;
}

// From the click until the indicator says so in the DOM.
async function measureRequest(): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < 60; index += 1) {
    const answer = deferred<void>();
    const before = shownText();
    const begin = performance.now();
    clickSend(`Saving ${index}…`, () => answer.promise);
    // oxlint-disable-next-line no-await-in-loop -- one request after the other
    await untilPage(() => shownText() !== before && shownText().startsWith("Saving"));
    times.push(performance.now() - begin);
    answer.resolve();
    // oxlint-disable-next-line no-await-in-loop -- the next one begins after its end is shown
    await pause(5);
    // oxlint-disable-next-line no-await-in-loop -- timers of timers wait for 4 ms
    await nextTask();
  }
  return medianOf(times);
}

function shownText(): string {
  return document.querySelector(".chip")?.textContent ?? "";
}

async function untilPage(isSo: () => boolean): Promise<void> {
  if (isSo()) return;
  const seen = deferred<void>();
  const observer = new MutationObserver(() => isSo() && seen.resolve());
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  await seen.promise;
  observer.disconnect();
}
