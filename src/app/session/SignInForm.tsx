import { useEffect, useId, useRef, useState } from "react";
import { useAsyncAction } from "../../react.ts";
import { useSession } from "../services.ts";
import { ErrorNote } from "../ui/ErrorNote.tsx";

/** Signs in by name, as the development backend allows. */
export function SignInForm() {
  const [login, setLogin] = useState("");
  const fieldId = useId();
  const hintId = useId();
  const field = useRef<HTMLInputElement>(null);
  const session = useSession();
  const signIn = useAsyncAction((name: string) => session.signIn(name), { label: "Signing in" });
  // The page has one purpose, and this is where it begins.
  useEffect(() => field.current?.focus(), []);

  function submit(): void {
    // The error shows under the button.
    if (!signIn.busy) signIn.start(login.trim());
  }

  return (
    <form
      className="sign-in-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label htmlFor={fieldId}>Your name</label>
      <input
        ref={field}
        id={fieldId}
        name="login"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
        required
        aria-describedby={hintId}
        value={login}
        onChange={(event) => setLogin(event.target.value)}
      />
      <p id={hintId} className="sign-in-hint">
        The development backend takes any name.
      </p>
      <button className="button button-primary" aria-busy={signIn.busy} aria-disabled={signIn.busy}>
        Sign in
      </button>
      <ErrorNote error={signIn.error} lead="You were not signed in." />
    </form>
  );
}
