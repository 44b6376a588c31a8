import type { ReactNode } from "react";
import { formatElapsed, isoDuration } from "./elapsed.ts";
import { type Sign, StateSign } from "./StateSign.tsx";

/** Props of {@link ListRow}. */
export interface ListRowProps {
  /** By which it is found again when it moves to another section. */
  id: string;
  sign: Sign;
  title: string;
  href?: string | undefined;
  /** How it stands, in words. */
  status: string;
  /** How long it took or has taken, in ms; absent where nobody knows. */
  durationMs?: number | undefined;
  /** What can be done about it. */
  action?: ReactNode;
}

/** One row of the list: sign, what it is, how it stands, how long, and what can be done. */
export function ListRow(props: ListRowProps) {
  const { id, sign, title, href, status, durationMs, action } = props;
  return (
    <li className="active-indicator-row" data-key={id} data-sign={sign} tabIndex={-1}>
      <StateSign sign={sign} />
      <div className="active-indicator-what">
        {/* Words have their own direction, whatever that of the page is. */}
        <bdi>{href === undefined ? title : <a href={href}>{title}</a>}</bdi>
        <small>
          <bdi>{status}</bdi>
        </small>
      </div>
      {durationMs !== undefined && (
        <time dateTime={isoDuration(durationMs)}>{formatElapsed(durationMs)}</time>
      )}
      {action}
    </li>
  );
}
