import { memo, useSyncExternalStore } from "react";
import { formatElapsed, isoDuration } from "../../store/elapsed.ts";
import { StateSign } from "../chip/StateSign.tsx";
import { useActivityStore } from "../hooks/useActivity.ts";
import { useIndicatorOptions } from "../IndicatorOptions.ts";
import { type RowAction, type RowSubject, toRow } from "./listView.ts";
import { useNow } from "./useNow.ts";

/** One row of the list: sign, what it is, how it stands, how long, and what can be done. */
export const Row = memo((subject: RowSubject) => {
  const options = useIndicatorOptions();
  const store = useActivityStore();
  const { runner } = options;
  useSyncExternalStore(runner.subscribe, runner.read, runner.read);
  const row = toRow(subject, options, store);
  const { key, state, title, href, status, elapsedMs, durationMs, actions } = row;

  return (
    <li
      className="active-indicator-row"
      data-part="row"
      data-state={state}
      data-key={key}
      data-sign={state}
      tabIndex={-1}
    >
      <StateSign sign={state} />
      <div className="active-indicator-what">
        {/* A text has its own direction, whatever that of the page is. */}
        <bdi>{href === undefined ? title : <a href={href}>{title}</a>}</bdi>
        <small>
          <bdi>{status}</bdi>
        </small>
      </div>
      {durationMs !== undefined && <Duration ms={durationMs} />}
      {elapsedMs && <Elapsed of={elapsedMs} />}
      {actions.map((it) => (
        <ActionButton key={it.name} action={it} />
      ))}
    </li>
  );
});

function Duration({ ms }: { ms: number }) {
  return <time dateTime={isoDuration(ms)}>{formatElapsed(ms)}</time>;
}

// It ticks by itself, so that nothing around it renders anew.
function Elapsed({ of }: { of: (now: number) => number }) {
  return <Duration ms={of(useNow())} />;
}

function ActionButton({ action }: { action: RowAction }) {
  const { label, accessibleName, isBusy, run } = action;
  return (
    // Not `disabled`, which would take the focus away from whoever has just pressed it.
    <button type="button" aria-label={accessibleName} aria-disabled={isBusy} onClick={run}>
      {label}
    </button>
  );
}
