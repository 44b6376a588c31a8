/** Who is signed in: the first letter, with the name on hovering and for a screen reader. */
export function Avatar({ login }: { login: string }) {
  const [initial] = login;
  return (
    <span className="header-avatar" title={login}>
      <span className="visually-hidden">Signed in as {login}</span>
      <span aria-hidden="true">{initial?.toUpperCase()}</span>
    </span>
  );
}
