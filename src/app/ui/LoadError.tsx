/** Props of {@link LoadError}. */
export interface LoadErrorProps {
  /** What could not be had, as a sentence: "The projects could not be loaded." */
  lead: string;
  error: Error;
  onRetry: () => void;
}

/** Says that something could not be loaded, and why, and offers another try. */
export function LoadError({ lead, error, onRetry }: LoadErrorProps) {
  return (
    <div className="note note-bad" role="alert">
      <p>
        <strong>{lead}</strong> {error.message}{" "}
        <button type="button" className="button button-link" onClick={onRetry}>
          Try again
        </button>
      </p>
    </div>
  );
}
