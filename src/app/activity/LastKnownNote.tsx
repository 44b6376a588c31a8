import { defaultLabels } from "../../react.ts";

const timeOfDay = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

/** Props of {@link LastKnownNote}. */
export interface LastKnownNoteProps {
  /** Since when, client time in epoch ms; `undefined` while all is kept true. */
  since: number | undefined;
  onRetry: () => void;
}

/** Says that what the pages show is last known, for as long as a source is lost. */
export function LastKnownNote({ since, onRetry }: LastKnownNoteProps) {
  if (since === undefined) return null;
  return (
    // Seen only: the indicator says it to screen readers, once, when it has lasted.
    <div className="note note-warn note-action">
      <p>{defaultLabels.lost(timeOfDay.format(since))}</p>
      <button type="button" className="button" onClick={onRetry}>
        {defaultLabels.retryNow}
      </button>
    </div>
  );
}
