// Whether what is done a hundred thousand times leaves anything behind.
import { createRoot } from "react-dom/client";
import { thisProject } from "./contenders/thisProject.tsx";
import { type Poller, startPolling } from "./polls.ts";
import { createRunStream } from "./runStream.ts";
import { snapshotText, updateText } from "./runs.ts";
import { pause } from "./timing.ts";

const runCount = 100;
const stream = createRunStream();
let poller: Poller | undefined;

/** Shows a hundred runs, and polls this list of builds. */
export async function startHeap(url: string): Promise<void> {
  const { Page } = thisProject;
  createRoot(document.getElementById("root") ?? document.body).render(
    <Page stream={stream}>
      <p>A page</p>
    </Page>,
  );
  await pause(50);
  stream.emit("init", snapshotText(runCount, 0));
  poller = await startPolling(url);
}

/** Has so many updates come, ten in a frame, and so many polls of a list that is unchanged. */
export async function fillHeap(updates: number, polls: number): Promise<void> {
  const texts = ([0, 1] as const).map((turn) =>
    Array.from({ length: runCount }, (_, index) => updateText(index, turn)),
  );
  for (let index = 0; index < updates; index += 1) {
    const turn = Math.floor(index / runCount) % 2 === 0 ? 1 : 0;
    stream.emit("run-update", texts[turn]?.[index % runCount] ?? "");
    if (index % 10 === 9) thisProject.passFrame?.();
  }
  // oxlint-disable-next-line no-await-in-loop -- one poll after the other
  for (let poll = 0; poll < polls; poll += 1) await poller?.poll();
}
