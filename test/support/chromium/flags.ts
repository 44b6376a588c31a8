/** How every Chromium of the tests is started. */
export const chromiumFlags: readonly string[] = [
  // For root, as on many CI machines.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  // Off a network that may be closed.
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];
