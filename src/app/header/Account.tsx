import { useAsyncAction } from "../../react.ts";
import { useSession } from "../services.ts";
import { ActionButton } from "../ui/ActionButton.tsx";
import { ErrorNote } from "../ui/ErrorNote.tsx";
import { Avatar } from "./Avatar.tsx";

/** Who is signed in, and the way out. */
export function Account({ login }: { login: string | null }) {
  const session = useSession();
  const signOut = useAsyncAction(() => session.signOut(), { label: "Signing out" });
  return (
    <>
      <div className="header-account">
        {login !== null && <Avatar login={login} />}
        <ActionButton busy={signOut.busy} onPress={() => signOut.start()}>
          Sign out
        </ActionButton>
      </div>
      <div className="header-error">
        <ErrorNote error={signOut.error} lead="You are still signed in." />
      </div>
    </>
  );
}
