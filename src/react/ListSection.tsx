import type { ReactNode } from "react";

/** Props of {@link ListSection}. */
export interface ListSectionProps<Row> {
  title: string;
  rows: readonly Row[];
  /** A button beside the title. */
  action?: ReactNode;
  children: (row: Row) => ReactNode;
}

/** A titled part of the list; nothing at all while it has no rows. */
export function ListSection<Row>({ title, rows, action, children }: ListSectionProps<Row>) {
  if (rows.length === 0) return null;
  return (
    // A group and no region: a landmark for each would be in the way of the page's own. Its name is
    // no reference: the ids of two copies of React on one page are the same.
    <div role="group" aria-label={title}>
      <div className="active-indicator-heading">
        <h3>{title}</h3>
        {action}
      </div>
      {/* Said once more, since Safari takes one without bullets for no list. */}
      <ul role="list">{rows.map(children)}</ul>
    </div>
  );
}
