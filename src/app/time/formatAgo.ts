const minute = 60_000;
const units = [
  { unit: "d", ms: 24 * 60 * minute },
  { unit: "h", ms: 60 * minute },
  { unit: "min", ms: minute },
] as const;

/**
 * How long ago something was, as the indicator says it: `just now`, `4 min ago`, `2 d ago`. What lies
 * ahead, by a clock that differs, counts as just now.
 */
export function formatAgo(at: number, now: number): string {
  const passed = now - at;
  const found = units.find(({ ms }) => passed >= ms);
  return found ? `${Math.floor(passed / found.ms)} ${found.unit} ago` : "just now";
}
