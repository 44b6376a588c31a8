// The runs of a pretended backend, as texts, since that is how they reach a page.

/** In which of two statuses a run is; by turns, so that each event changes what is shown. */
export type Turn = 0 | 1;

const statuses = ["pending", "running"] as const;

function createRun(index: number, turn: Turn) {
  return {
    id: `r${index}`,
    projectId: `shop-${index}`,
    status: statuses[turn],
    createdAt: new Date(Date.UTC(2026, 0, 5, 12) + index * 1_000).toISOString(),
    logs: [],
  };
}

/** The data of a `run-update` event. */
export function updateText(index: number, turn: Turn): string {
  return JSON.stringify({ run: createRun(index, turn) });
}

/** The data of an `init` event with so many runs. */
export function snapshotText(count: number, turn: Turn): string {
  return JSON.stringify({
    runs: Array.from({ length: count }, (_, index) => createRun(index, turn)),
  });
}

/** What every indicator is to say of a run. */
export function labelOf({ status, projectId }: { status: string; projectId: string }): string {
  return status === "pending" ? "Starting server…" : `Server running (${projectId})`;
}

/** The label of the run that {@link updateText} tells of. */
export function labelOfRun(index: number, turn: Turn): string {
  return labelOf(createRun(index, turn));
}
