import { findPageHeading, useFocusPassedOn } from "./useFocusPassedOn.ts";

/** Props of {@link LoadError}. */
export interface LoadErrorProps {
  /** What could not be had, as a sentence: "The projects could not be loaded." */
  lead: string;
  error: Error;
  onRetry: () => void;
  /** Whether another try is under way. @default false */
  busy?: boolean;
}

/** Says that something could not be loaded, and why, and offers another try. */
export function LoadError({ lead, error, onRetry, busy = false }: LoadErrorProps) {
  // What was waited for takes the note's place.
  const button = useFocusPassedOn<HTMLButtonElement>(findPageHeading);
  return (
    <div className="note note-bad" role="alert">
      <p>
        <strong>{lead}</strong> {error.message}{" "}
        <button
          ref={button}
          type="button"
          className="button button-link"
          aria-busy={busy}
          aria-disabled={busy}
          onClick={() => busy || onRetry()}
        >
          Try again
        </button>
      </p>
    </div>
  );
}
