// How long an event waits between the socket and the store, and what a big first snapshot holds up.
import { createActivityStore, startBackendSync } from "../../../../src/index.ts";
import { deferred } from "../../../support/deferred.ts";
import { runsSource } from "./contenders/thisProject.tsx";
import { createRunStream } from "./runStream.ts";
import { snapshotText, updateText } from "./runs.ts";
import { medianOf, nextTask, pause } from "./timing.ts";
import type { Figures } from "./figures.ts";

/** The median of the time from a lone event to the store's subscribers, in ms. */
export async function measureSocket(): Promise<Figures> {
  const stream = createRunStream();
  const store = createActivityStore();
  const sync = startBackendSync({
    store,
    sources: [runsSource],
    openEventSource: () => stream,
    shareAcrossTabs: false,
  });
  stream.emit("init", snapshotText(100, 0));
  const times: number[] = [];
  for (let index = 0; index < 30; index += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each comes alone
    await pause(40);
    // A timer of a timer waits for 4 ms, and a message of a socket comes in a task of its own.
    // oxlint-disable-next-line no-await-in-loop -- each comes alone
    await nextTask();
    const heard = deferred<void>();
    const unsubscribe = store.subscribe(() => heard.resolve());
    const begin = performance.now();
    stream.emit("run-update", updateText(99, index % 2 === 0 ? 1 : 0));
    // oxlint-disable-next-line no-await-in-loop -- each comes alone
    await heard.promise;
    times.push(performance.now() - begin);
    unsubscribe();
  }
  sync.stop();
  return { "socket to store": medianOf(times) };
}

/** The longest task until a big first snapshot is in the store, in ms; 0 if none took 50 ms. */
export async function measureBigSnapshot(url: string): Promise<Figures> {
  const longest = await longestTask(async () => {
    const store = createActivityStore();
    const arrived = deferred<void>();
    store.subscribe(({ backendJobs }) => {
      if (Object.keys(backendJobs).length > 0) arrived.resolve();
    });
    const sync = startBackendSync({
      store,
      sources: [{ ...runsSource, key: url }],
      openEventSource: () => new EventSource(url),
      shareAcrossTabs: false,
    });
    await arrived.promise;
    sync.stop();
  });
  const longestOfParse = await longestTask(async () => {
    const arrived = deferred<void>();
    const stream = new EventSource(url);
    stream.addEventListener("init", ({ data }) => {
      JSON.parse(String(data));
      arrived.resolve();
    });
    await arrived.promise;
    stream.close();
  });
  return { "first snapshot of 33 MB": longest, "parse of 33 MB": longestOfParse };
}

async function longestTask(act: () => Promise<void>): Promise<number> {
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ type: "longtask" });
  await act();
  // They are told of a moment after they have ended.
  await pause(300);
  observer.disconnect();
  return longest;
}
