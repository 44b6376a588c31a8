// What the bench calls in its page.
import type { Contender } from "./contender.ts";
import { contextDesign } from "./contenders/contextDesign.tsx";
import { mutations } from "./contenders/mutations.tsx";
import { plainZustand } from "./contenders/plainZustand.tsx";
import { textNode } from "./contenders/textNode.tsx";
import { thisProject } from "./contenders/thisProject.tsx";
import { fillHeap, startHeap } from "./heap.tsx";
import { measurePolls } from "./polls.ts";
import { measureBigSnapshot, measureSocket } from "./socket.ts";
import { knownRuns, startTab } from "./tab.ts";
import { measureUpdates } from "./updates.tsx";

const contenders = {
  thisProject,
  contextDesign,
  plainZustand,
  mutations,
  textNode,
} satisfies Record<string, Contender>;

/** The designs that are compared. */
export type ContenderName = keyof typeof contenders;

const pageBench = {
  measureUpdates: (name: ContenderName) => measureUpdates(contenders[name]),
  measurePolls,
  measureSocket,
  measureBigSnapshot,
  startHeap,
  fillHeap,
  knownRuns,
};

declare global {
  // oxlint-disable-next-line no-var -- the only way to declare it
  var bench: typeof pageBench;
}

globalThis.bench = pageBench;
if (location.pathname === "/tab") startTab();
