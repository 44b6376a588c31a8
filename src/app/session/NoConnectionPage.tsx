import { Page } from "../pages/Page.tsx";
import { LoadError } from "../ui/LoadError.tsx";

/** Props of {@link NoConnectionPage}. */
export interface NoConnectionPageProps {
  error: Error;
  onRetry: () => void;
}

/** Says that the backend could not be asked who is signed in. */
export function NoConnectionPage({ error, onRetry }: NoConnectionPageProps) {
  return (
    <div className="narrow-page">
      <Page name="no connection" title="No connection">
        <LoadError lead="The console cannot start." error={error} onRetry={onRetry} />
      </Page>
    </div>
  );
}
