import { useRef, useState } from "react";

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
  const note = useRef<HTMLDivElement>(null);
  if (error === undefined || error === dismissed) return null;

  function dismiss(): void {
    // Its own button goes with it.
    if (note.current) focusBeside(note.current);
    setDismissed(error);
  }

  return (
    <div ref={note} className="note note-bad" role="alert">
      <p>
        <strong>{lead}</strong> {error.message}{" "}
        <button type="button" className="button button-link" onClick={dismiss}>
          Dismiss
        </button>
      </p>
    </div>
  );
}

// The first button of the smallest part of the page that has one besides the note.
function focusBeside(note: HTMLElement): void {
  for (let part = note.parentElement; part; part = part.parentElement) {
    const buttons = [...part.querySelectorAll("button")];
    const beside = buttons.find((button) => !button.closest('[role="alert"]'));
    if (beside) {
      beside.focus();
      return;
    }
  }
}
