import { useLayoutEffect, useRef } from "react";

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
  return (
    <div className="note note-bad" role="alert">
      <p>
        <strong>{lead}</strong> {error.message}{" "}
        <button
          ref={useFocusLeftToPage()}
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

// What was waited for takes the note's place: whoever pressed the button goes on at the page's top.
function useFocusLeftToPage() {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const element = button.current;
    return () => {
      if (element === null || document.activeElement !== element) return;
      // Strict Mode runs this while the button stays; and the heading may leave with the button.
      queueMicrotask(() => {
        if (element.isConnected || document.activeElement !== document.body) return;
        document.querySelector<HTMLElement>("main h1")?.focus();
      });
    };
  }, []);
  return button;
}
