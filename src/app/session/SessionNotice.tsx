import { useState } from "react";
import { findPageHeading } from "../ui/useFocusPassedOn.ts";

/** Says what a person should know of their session, until it is dismissed. */
export function SessionNotice({ text }: { text: string }) {
  const [isDismissed, setDismissed] = useState(false);
  if (isDismissed) return null;

  function dismiss(): void {
    setDismissed(true);
    // Its own button goes with it.
    findPageHeading()?.focus({ preventScroll: true });
  }

  return (
    <div className="note note-warn" role="alert">
      <p>
        {text}{" "}
        <button type="button" className="button button-link" onClick={dismiss}>
          Dismiss
        </button>
      </p>
    </div>
  );
}
