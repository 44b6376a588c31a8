/** What to say when signing in has no effect. */
export const noSession = "The backend took the name but began no session. Try again.";

/** What to say, after that one is still signed in, when signing out has no effect. */
export const stillSignedIn = "The backend has not ended the session. Try again.";

/** What to say when another tab has signed in as somebody else. */
export function switchedPerson(user: string, before: string): string {
  return `You are signed in as ${named(user)} now, no longer as ${named(before)}: another tab of this browser has signed in.`;
}

function named(user: string): string {
  return user === "" ? "somebody without a name" : user;
}
