import { type ReactNode, useState } from "react";
import type { ActivityState } from "../../store/activityStore.ts";
import { selectIsUnknown, sourcesIn } from "../../store/selectors.ts";
import { type Sign, StateSign } from "../chip/StateSign.tsx";
import { useActivity, useActivityStore } from "../hooks/useActivity.ts";
import { useLabels } from "../IndicatorOptions.ts";
import type { IndicatorLabels } from "../labels.ts";
import { clearFinished, keyOf, type RowSubject, useSections } from "./listView.ts";
import { Row } from "./rows.tsx";
import { useKeptFocus } from "./useKeptFocus.ts";

/** What the list shows while it is open. */
export function OpenList() {
  const labels = useLabels();
  const isUnknown = useActivity(selectIsUnknown);
  const { running, queued, recent } = useSections();
  const list = useKeptFocus();
  const isEmpty = running.length + queued.length + recent.length === 0;

  return (
    <>
      <div ref={list} className="active-indicator-rows">
        {isEmpty && (
          <p className="active-indicator-nothing">{isUnknown ? labels.notKnown : labels.nothing}</p>
        )}
        <ListSection title={labels.running} rows={running} />
        <ListSection title={labels.queued} rows={queued} />
        <ListSection title={labels.recent} rows={recent} action={<ClearFinished />} />
      </div>
      <ListFooter />
    </>
  );
}

function ClearFinished() {
  const labels = useLabels();
  const store = useActivityStore();
  return (
    <button type="button" className="active-indicator-clear" onClick={() => clearFinished(store)}>
      {labels.clearFinished}
    </button>
  );
}

/** How many rows of a section show at first, and how many more each time. */
const pageSize = 50;

interface ListSectionProps {
  title: string;
  rows: readonly RowSubject[];
  /** A button beside the title. */
  action?: ReactNode;
}

/** A titled part of the list; nothing at all while it has no rows. */
function ListSection({ title, rows, action }: ListSectionProps) {
  const labels = useLabels();
  const [shown, setShown] = useState(pageSize);
  if (rows.length === 0) return null;
  const hidden = rows.length - shown;
  return (
    // A group and no region: a landmark for each would be in the way of the page's own. Its name is
    // no reference: the ids of two copies of React on one page are the same.
    <div role="group" aria-label={title}>
      <div className="active-indicator-heading">
        <h3>{title}</h3>
        {action}
      </div>
      {/* Said once more, since Safari takes one without bullets for no list. */}
      <ul role="list">
        {rows.slice(0, shown).map((row) => (
          <Row key={keyOf(row)} {...row} />
        ))}
      </ul>
      {hidden > 0 && (
        <button
          type="button"
          className="active-indicator-more"
          onClick={() => setShown(shown + pageSize)}
        >
          {labels.more(hidden)}
        </button>
      )}
    </div>
  );
}

type Connection = ActivityState["connection"];

/** Says how far the list can be believed. */
function ListFooter() {
  const labels = useLabels();
  const connection = useActivity((state) => state.connection);
  return (
    <p className="active-indicator-footer">
      <StateSign sign={signOf(connection)} />
      {/* By itself, so that a page translation, which wraps each text, does not keep it as it is. */}
      <span>{textOf(connection, labels)}</span>
    </p>
  );
}

function textOf(connection: Connection, labels: IndicatorLabels): string {
  const all = sourcesIn(connection);
  const lost = all.filter(({ status }) => status === "lost");
  const errors = lost.map(({ error }) => error ?? "").join(" ");
  if (lost.length > 0 && selectIsUnknown({ connection }))
    return `${labels.connecting} ${errors}`.trim();
  if (lost.length > 0) return labels.lost(errors);
  if (all.length === 0) return labels.off;
  return isLive(connection) ? labels.live : labels.connecting;
}

function signOf(connection: Connection): Sign {
  return isLive(connection) ? "steady" : "lost";
}

function isLive(connection: Connection): boolean {
  const all = sourcesIn(connection);
  return all.length > 0 && all.every(({ status }) => status === "live");
}
