import type { HeapFigures } from "./heap.ts";
import type { PassedSnapshots } from "./tabs.ts";
import type { ContenderName } from "./page/index.tsx";
import { type Figures, jobCounts } from "./page/figures.ts";
import { formatTable } from "../table.ts";

/** All that was measured. */
export interface Measured {
  readonly updates: Partial<Record<ContenderName, Figures>>;
  /** By way and number of builds, such as `etag 1000`. */
  readonly polls: Readonly<Record<string, Figures>>;
  readonly socket: Figures;
  readonly big: Figures;
  readonly tabs: PassedSnapshots;
  readonly heap: HeapFigures;
}

/** What was measured in one way. */
export interface Row {
  readonly name: string;
  readonly own: number | undefined;
  /** The same of the other designs, where they have it. */
  readonly others?: Partial<Record<ContenderName, number>>;
  /** The least that it could cost. */
  readonly least?: number | undefined;
  /** What it may be at most, and why. */
  readonly atMost?: readonly [most: number, why: string] | undefined;
}

const others = ["contextDesign", "plainZustand", "mutations", "textNode"] as const;
const namesOfOthers = ["context design", "plain Zustand", "useIsMutating", "text node"];

/** The designs side by side; in brackets, how many times what this project takes. */
export function compareDesigns(rows: readonly Row[]): string {
  const head = ["ms until it is in the DOM", "this project", ...namesOfOthers, "one copy or parse"];
  const compared = rows.filter((row) => row.others);
  return formatTable(
    head,
    compared.map(({ name, own, others: by = {}, least }) => {
      const values = others.map((other) => by[other]).concat(least);
      return [name, inFigures(own)].concat(values.map((value) => inTimes(value, own)));
    }),
  );
}

/** What has to be shown, and whether it is. */
export function checkBounds(rows: readonly Row[]): string {
  return formatTable(
    ["what has to be shown", "this project", "at most", "", ""],
    rows.flatMap(({ name, own, atMost }) => {
      if (!atMost) return [];
      const [most, why] = atMost;
      const isMet = own !== undefined && own <= most;
      return [[name, inFigures(own), inFigures(most), isMet ? "met" : "missed", why]];
    }),
  );
}

function inTimes(value: number | undefined, own: number | undefined): string {
  if (value === undefined) return "";
  if (!own) return inFigures(value);
  const times = value / own;
  const digits = times >= 10 ? 0 : times >= 1 ? 1 : 2;
  return `${inFigures(value)} ${`(${times.toFixed(digits)}×)`.padStart(7)}`;
}

function inFigures(value: number | undefined): string {
  if (value === undefined) return "";
  const digits = value >= 100 || Number.isInteger(value) ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
  return value.toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** The rows, each with what it may be at most. */
export function toRows({ updates, polls, socket, big, tabs, heap }: Measured): Row[] {
  const { thisProject: own = {}, contextDesign: context = {} } = updates;
  const by = (figure: string) => ({
    own: own[figure],
    others: Object.fromEntries(others.map((name) => [name, updates[name]?.[figure]])),
  });

  const boundOfEvent = (count: number, least: number | undefined) => {
    if (count <= 100)
      return bound(context[`event at ${count}`], "half the context design's", (ms) => ms / 2);
    if (count > 1_000) return undefined;
    return bound(least, "1.4 times one copy of the record,", (ms) => 1.4 * ms);
  };
  const eventAt = (count: number): Row => {
    const least = own[`spread of ${count}`];
    const atMost = boundOfEvent(count, least);
    return { name: `one event, ${inWords(count)} jobs`, ...by(`event at ${count}`), least, atMost };
  };
  const asContext = (name: string): Row => {
    const atMost = bound(context[name], "the context design's", (ms) => ms);
    return { name, ...by(name), atMost };
  };

  return [
    ...jobCounts.map(eventAt),
    asContext("100 events at once, 100 jobs"),
    asContext("snapshot of 100 that all changed"),
    {
      name: "first snapshot of 10,000",
      ...by("first snapshot of 10000"),
      least: own["parse of 10000"],
      atMost: bound(own["parse of 10000"], "30 ms above JSON.parse,", (ms) => ms + 30),
    },
    { name: "a request begins", ...by("a request begins") },
    {
      name: "renders by 999 events in a frame",
      ...by("renders of 999 events"),
      atMost: [1, ""],
    },
    {
      name: "renders of 200 others by an event",
      ...by("others rendered at 100"),
      atMost: [0, ""],
    },
    ...Object.entries(polls).map(([name, { poll, fetch }]): Row => {
      const [way = "", count] = name.split(" ");
      return {
        name: `unchanged poll, ${inWords(Number(count))} builds, ${ways[way]}`,
        own: poll,
        atMost: bound(fetch, "1 ms above the bare fetch,", (ms) => ms + 1),
      };
    }),
    {
      name: "a lone event, from socket to store",
      own: socket["socket to store"],
      atMost: [3, ""],
    },
    {
      name: "first snapshot of 33 MB, longest task",
      own: big["first snapshot of 33 MB"],
      atMost: [50, `that of JSON.parse alone is ${inFigures(big["parse of 33 MB"])}`],
    },
    {
      name: "20 tabs opened at once, snapshots received",
      own: tabs.received,
      atMost: [20, `${tabs.sent} sent`],
    },
    {
      name: "MB of heap after 100,000 updates, 1,000 polls",
      own: heap.after / 1e6,
      atMost: bound(heap.before / 1e6, "10 % above that before,", (size) => size * 1.1),
    },
  ];
}

function bound(
  value: number | undefined,
  why: string,
  reckon: (value: number) => number,
): Row["atMost"] {
  return value === undefined ? undefined : [reckon(value), `${why} ${inFigures(value)}`];
}

const ways: Readonly<Record<string, string>> = { etag: "by ETag", text: "same text" };

function inWords(count: number): string {
  return count.toLocaleString("en");
}
