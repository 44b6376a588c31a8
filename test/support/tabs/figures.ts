/** How a change of leaders went. Times are ms since the old leader was gone. */
export interface HandOverFigures {
  /** What became of the leader. */
  leader: string;
  /** How long until another tab's stream was open; absent where none may be. */
  leadsMs?: number;
  /** How long until every tab's header was right. */
  rightMs: number;
}

/** The figures as a table of aligned columns. */
export function formatHandOvers(figures: readonly HandOverFigures[]): string {
  const rows = figures.map(({ leader, leadsMs, rightMs }) => [
    leader,
    leadsMs === undefined ? "-" : milliseconds(leadsMs),
    milliseconds(rightMs),
  ]);
  const lines = [["the leader is", "another leads", "all headers right"], ...rows];
  const widths = [0, 1, 2].map((column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  );
  return lines
    .map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
    .join("\n");
}

function milliseconds(ms: number): string {
  return `${Math.round(ms)} ms`;
}
