import type { ReactNode } from "react";
import { ProjectsProvider } from "../projects/ProjectsProvider.tsx";
import { useSession, useSessionState } from "../services.ts";
import { Loading } from "../ui/Loading.tsx";
import { NoConnectionPage } from "./NoConnectionPage.tsx";
import { SignInPage } from "./SignInPage.tsx";

/** Shows the pages to whoever is signed in, and to anybody else the way there. */
export function SessionGate({ children }: { children: ReactNode }) {
  const state = useSessionState();
  const session = useSession();
  if (state.status === "checking") return <Loading>Looking who is signed in…</Loading>;
  if (state.status === "signedIn") return <ProjectsProvider>{children}</ProjectsProvider>;
  if (state.status === "signedOut") return <SignInPage auth={state.auth} notice={state.notice} />;
  return <NoConnectionPage error={state.error} onRetry={() => void session.check()} />;
}
