import { useEffect, useId, useRef, useState } from "react";
import { useAsyncAction } from "../../react.ts";
import { useSession } from "../services.ts";
import { ErrorNote } from "../ui/ErrorNote.tsx";

/** Signs in by name, as the development backend allows. */
export function SignInForm() {
  const [login, setLogin] = useState("");
  const [wasTried, setWasTried] = useState(false);
  const fieldId = useId();
  const hintId = useId();
  const field = useRef<HTMLInputElement>(null);
  const session = useSession();
  const signIn = useAsyncAction((name: string) => session.signIn(name), { label: "Signing in" });
  // The page has one purpose, and this is where it begins.
  useEffect(() => field.current?.focus(), []);

  const name = login.trim();
  const isMissing = wasTried && name === "";

  function submit(): void {
    setWasTried(true);
    if (name === "") field.current?.focus();
    // The error shows under the button.
    else if (!signIn.busy) signIn.start(name);
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
        // Not `required`: before anything was typed that is read as an invalid entry.
        aria-required
        aria-invalid={isMissing}
        aria-describedby={hintId}
        value={login}
        onChange={(event) => setLogin(event.target.value)}
      />
      <p id={hintId} className="sign-in-hint">
        {isMissing && <strong className="sign-in-missing">Enter a name. </strong>}
        The development backend takes any{isMissing ? "" : " name"}.
      </p>
      <button className="button button-primary" aria-busy={signIn.busy} aria-disabled={signIn.busy}>
        Sign in
      </button>
      <ErrorNote error={signIn.error} lead="You were not signed in." />
    </form>
  );
}
