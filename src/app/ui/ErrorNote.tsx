import { useState } from "react";

/** Props of {@link ErrorNote}. */
export interface ErrorNoteProps {
  /** What went wrong with the last try; nothing shows while it is `undefined`. */
  error: Error | undefined;
  /** What did not happen, as a sentence: "The server was not started." */
  lead: string;
}

/** An error where it happened, until it is dismissed or the next try clears it. */
export function ErrorNote({ error, lead }: ErrorNoteProps) {
  const [dismissed, setDismissed] = useState<Error>();
  if (error === undefined || error === dismissed) return null;
  return (
    <div className="note note-bad" role="alert">
      <p>
        <strong>{lead}</strong> {error.message}{" "}
        <button type="button" className="button button-link" onClick={() => setDismissed(error)}>
          Dismiss
        </button>
      </p>
    </div>
  );
}
