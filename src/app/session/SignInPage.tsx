import type { AuthStatus } from "../../index.ts";
import { Page } from "../pages/Page.tsx";
import { SignInForm } from "./SignInForm.tsx";

/** Props of {@link SignInPage}. */
export interface SignInPageProps {
  auth: AuthStatus;
  /** Why one is here, if not by one's own will. */
  notice?: string | undefined;
}

/** The page for whoever is not signed in, in place of any other. */
export function SignInPage({ auth, notice }: SignInPageProps) {
  return (
    <div className="narrow-page">
      <Page name="sign in" title="Sign in">
        {notice !== undefined && (
          <p className="note note-warn" role="alert">
            {notice}
          </p>
        )}
        <div className="card sign-in">
          <WayIn auth={auth} />
        </div>
      </Page>
    </div>
  );
}

function WayIn({ auth: { provider, configured, authorizeUrl } }: { auth: AuthStatus }) {
  if (provider === "development") return <SignInForm />;
  if (configured && authorizeUrl !== null) {
    return (
      <a className="button button-primary" href={authorizeUrl}>
        Sign in with {provider}
      </a>
    );
  }
  return (
    <p>
      The backend offers no way to sign in: “{provider}” is not set up there. Set it up, then reload
      this page.
    </p>
  );
}
