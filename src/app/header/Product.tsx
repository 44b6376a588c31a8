/** What the console is called: its name, or its mark where the name would take the chip's room. */
export function Product() {
  return (
    <>
      <svg className="header-mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
        <circle cx="12" cy="12" r="8.5" />
        <path d="M12 3.5a8.5 8.5 0 0 1 8.5 8.5" />
      </svg>
      <span className="header-name">Active Indicator</span>
    </>
  );
}
