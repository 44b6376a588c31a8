import type { ReactNode } from "react";
import { ActivityProvider } from "../activity/ActivityProvider.tsx";
import { ProjectsProvider } from "../projects/ProjectsProvider.tsx";
import { useSession, useSessionState } from "../services.ts";
import { Loading } from "../ui/Loading.tsx";
import { userOf } from "./createSession.ts";
import { NoConnectionPage } from "./NoConnectionPage.tsx";
import { SessionNotice } from "./SessionNotice.tsx";
import { SignInPage } from "./SignInPage.tsx";

/** Shows the pages to whoever is signed in, and to anybody else the way there. */
export function SessionGate({ children }: { children: ReactNode }) {
  const state = useSessionState();
  const session = useSession();
  if (state.status === "checking") return <Loading>Checking who is signed in…</Loading>;
  if (state.status === "signedIn") {
    // By the person, so that nothing of one is shown to the other.
    return (
      <ProjectsProvider key={userOf(state)}>
        {state.notice !== undefined && <SessionNotice text={state.notice} />}
        <ActivityProvider>{children}</ActivityProvider>
      </ProjectsProvider>
    );
  }
  if (state.status === "signedOut") return <SignInPage auth={state.auth} notice={state.notice} />;
  const { error, isRetrying } = state;
  return (
    <NoConnectionPage error={error} isRetrying={isRetrying} onRetry={() => void session.check()} />
  );
}
