/** One fault, in figures. Times are ms of the sync's time. */
export interface FaultFigures {
  fault: string;
  /** What the header said during it. */
  says: string;
  /** The statuses of runs and builds during it. */
  connection: string;
  /** How long until the connection said so; absent where there is nothing to notice. */
  noticedMs?: number;
  /** How many requests were asked during it. */
  asked: number;
  /** How many streams were opened during it. */
  opened: number;
  /** How long after its end the truth was back; during it, if it is shown all the same. */
  backMs: number;
  /** The most that the stated time-outs and backoff allow. */
  atMostMs: number;
}

const columns: [heading: string, cell: (figures: FaultFigures) => string][] = [
  ["fault", ({ fault }) => fault],
  ["header says", ({ says }) => says],
  ["runs builds", ({ connection }) => connection],
  ["noticed", ({ noticedMs }) => (noticedMs === undefined ? "-" : seconds(noticedMs))],
  ["polls", ({ asked }) => String(asked)],
  ["streams", ({ opened }) => String(opened)],
  ["back", ({ backMs }) => seconds(backMs)],
  ["at most", ({ atMostMs }) => seconds(atMostMs)],
];

/** The figures as a table of aligned columns, in the order of their faults' names. */
export function formatFaultTable(figures: readonly FaultFigures[]): string {
  const rows = figures.toSorted((a, b) => (a.fault < b.fault ? -1 : 1));
  const lines = [
    columns.map(([heading]) => heading),
    ...rows.map((row) => columns.map(([, cell]) => cell(row))),
  ];
  const widths = columns.map((_, column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  );
  return lines
    .map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
    .join("\n");
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
