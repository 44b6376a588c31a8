import type { Telling } from "./server.ts";

/** Something malformed that stands beside good entries, and the field that must be complained of. */
export interface BadEntry {
  readonly entry: unknown;
  readonly field: string;
}

/** How many different malformed entries there are. */
export const badEntryCount = 7;

/** A malformed entry beside these good ones. */
export function badEntry(kind: string, choice: number, good: readonly Telling[]): BadEntry {
  const other = { id: "odd", projectId: "shop", status: "failed" };
  const [first] = good;
  const entries: readonly BadEntry[] = [
    { entry: null, field: kind },
    { entry: { ...other, id: 7 }, field: `${kind}.id` },
    { entry: { ...other, status: "paused" }, field: `${kind}.status` },
    { entry: { ...other, createdAt: "yesterday" }, field: `${kind}.createdAt` },
    // The id of a good one, which this must not cost.
    { entry: { ...first?.wire, status: 7 }, field: first ? `${kind}.status` : `${kind}.id` },
    { entry: { ...other, id: first?.id ?? "odd", projectId: {} }, field: `${kind}.projectId` },
    { entry: first?.wire ?? [], field: first ? `${kind}.id` : `${kind}.id` },
  ];
  return entries[choice % entries.length] ?? { entry: null, field: kind };
}

/** Something of which no entry can be used, and the field that must be complained of. */
export function badWhole(
  what: "init" | "answer",
  choice: number,
): { data: unknown; field: string } {
  const list = what === "init" ? "runs" : "builds";
  const wholes = [
    { data: { [list]: 7 }, field: `${what}.${list}` },
    { data: null, field: what },
    { data: {}, field: `${what}.${list}` },
  ];
  return wholes[choice % wholes.length] ?? { data: null, field: what };
}

/** A malformed `run-update`. */
export function badUpdate(choice: number): { data: unknown; field: string } {
  const updates = [
    { data: "{", field: "run-update" },
    { data: { run: 7 }, field: "run" },
    { data: {}, field: "run-update.run" },
    { data: { run: { id: "x", projectId: "shop", status: 7 } }, field: "run.status" },
    { data: { run: { id: "x", projectId: "shop", status: "paused" } }, field: "run.status" },
  ];
  return updates[choice % updates.length] ?? { data: "{", field: "run-update" };
}
