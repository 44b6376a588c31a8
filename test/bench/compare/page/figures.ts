/** How many jobs are active while single events come. */
export const jobCounts = [10, 100, 1_000, 10_000] as const;

/** Figures by name, in ms or as a count; absent where a design has none. */
export type Figures = Readonly<Record<string, number>>;
