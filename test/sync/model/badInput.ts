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
    {
      entry: { ...other, ...first?.wire, ...(first ? { status: "failed" } : { id: "" }) },
      field: `${kind}.id`,
    },
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

/** A malformed `run-update`; with a `job` if it can be used all the same. */
export function badUpdate(choice: number): { data: unknown; field: string; job?: Telling } {
  const wire = { id: "odd", projectId: "shop", status: "paused" };
  const updates = [
    { data: "{", field: "run-update" },
    { data: { run: 7 }, field: "run" },
    { data: {}, field: "run-update.run" },
    { data: { run: { ...wire, status: 7 } }, field: "run.status" },
    // An unknown status is not active.
    {
      data: { run: wire },
      field: "run.status",
      job: { ...wire, kind: "run", startAt: 0, wire } as const,
    },
  ];
  return updates[choice % updates.length] ?? { data: "{", field: "run-update" };
}
