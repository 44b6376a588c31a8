/** Says what is being waited for. It shows after a moment only, so that quick answers do not flash. */
export function Loading({ children }: { children: string }) {
  return (
    <p className="loading" role="status">
      {children}
    </p>
  );
}
