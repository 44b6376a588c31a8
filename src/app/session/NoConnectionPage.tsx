import { Page } from "../pages/Page.tsx";
import { LoadError } from "../ui/LoadError.tsx";

/** Props of {@link NoConnectionPage}. */
export interface NoConnectionPageProps {
  error: Error;
  /** Whether another try is under way. */
  isRetrying: boolean;
  onRetry: () => void;
}

/** Says that the backend does not say who is signed in. */
export function NoConnectionPage({ error, isRetrying, onRetry }: NoConnectionPageProps) {
  return (
    <div className="narrow-page">
      <Page name="no connection" title="No connection">
        <LoadError
          lead="The console cannot start."
          error={error}
          busy={isRetrying}
          onRetry={onRetry}
        />
      </Page>
    </div>
  );
}
