import { Component, type ReactNode } from "react";
import { displayText } from "../../index.ts";

/** Props of {@link ErrorBoundary}. */
export interface ErrorBoundaryProps {
  children: ReactNode;
}

/**
 * Takes the place of everything in it once any of it throws while it is drawn: says so, and offers
 * to reload. React would leave a blank page.
 */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(thrown: unknown): { error: Error } {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error ? <BrokenPage error={error} /> : this.props.children;
  }
}

// It uses nothing of the console: that is what may be broken.
function BrokenPage({ error }: { error: Error }) {
  return (
    <main className="main">
      <div className="narrow-page">
        <h1>The console has stopped</h1>
        <div className="note note-bad" role="alert">
          <p>
            <strong>This page cannot be shown.</strong> Builds and servers go on. Reload; if that
            does not help, close this tab and open the console in another.
          </p>
          <p className="note-detail">{displayText(error.message)}</p>
        </div>
        <p>
          <button
            type="button"
            className="button button-primary"
            onClick={() => window.location.reload()}
          >
            Reload
          </button>
        </p>
      </div>
    </main>
  );
}
