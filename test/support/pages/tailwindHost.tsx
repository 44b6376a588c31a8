// A host's header that is drawn by Tailwind, with no component and no style of the library's.
import { formatElapsed } from "../../../src/index.ts";
import { type ActivityRow, useActivityList, useChipView, useNow } from "../../../src/react.ts";
import type { ActOnJob } from "../../../src/react.ts";

export function Activity({ stop }: { stop: ActOnJob }) {
  const { label, phase, count, failures } = useChipView();
  const { needsYou, running, queued, recent, markAsRead } = useActivityList({
    actions: { run: { stop } },
  });
  const look = phase === "idle" ? "bg-slate-100 text-slate-700" : "bg-indigo-700 text-white";
  return (
    <details className="w-96 text-sm" onToggle={() => markAsRead()}>
      <summary className={`flex cursor-pointer gap-2 rounded-lg px-3 py-2 font-medium ${look}`}>
        {label}
        {count > 1 && <span>+{count - 1}</span>}
        {failures > 0 && <b className="rounded bg-red-700 px-2 text-white">{failures} failed</b>}
      </summary>
      <ul className="mt-2 divide-y divide-slate-200 rounded-lg border border-slate-200 bg-white">
        {[...needsYou, ...running, ...queued, ...recent].map((row) => (
          <Row key={row.key} row={row} />
        ))}
      </ul>
    </details>
  );
}

function Row({ row: { title, word, note, elapsedMs, actions } }: { row: ActivityRow }) {
  const now = useNow();
  return (
    <li className={`flex gap-3 px-3 py-2 ${note?.tone === "bad" ? "text-red-700" : ""}`}>
      {title}: {word} {note?.text}
      {elapsedMs && <time className="ml-auto">{formatElapsed(elapsedMs(now))}</time>}
      {actions.map(({ name, label, accessibleName, run }) => (
        <button key={name} aria-label={accessibleName} onClick={run} className="border px-2">
          {label}
        </button>
      ))}
    </li>
  );
}
