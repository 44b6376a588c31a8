import type { MouseEvent } from "react";

/** The ways past the header for whoever uses the keyboard; they show once they have the focus. */
export function SkipLinks() {
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the page
      </a>
      <a className="skip-link" href="#activity" onClick={goToChip}>
        Skip to the activity
      </a>
    </>
  );
}

// The chip has no id, by which a link alone could give it the focus.
function goToChip(event: MouseEvent): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#activity [data-part="chip"]')?.focus();
}
