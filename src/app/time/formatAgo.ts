const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

const minute = 60_000;
const units = [
  { unit: "day", ms: 24 * 60 * minute },
  { unit: "hour", ms: 60 * minute },
  { unit: "minute", ms: minute },
] as const;

/**
 * How long ago something was: `just now`, `4 minutes ago`, `yesterday`. What lies ahead, by a
 * clock that differs, counts as just now.
 */
export function formatAgo(at: number, now: number): string {
  const passed = now - at;
  const found = units.find(({ ms }) => passed >= ms);
  return found ? relative.format(-Math.floor(passed / found.ms), found.unit) : "just now";
}
