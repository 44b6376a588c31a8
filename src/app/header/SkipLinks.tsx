import type { MouseEvent } from "react";

/** The ways past the header for whoever uses the keyboard; they show once they have the focus. */
export function SkipLinks() {
  return (
    <>
      <a className="skip-link" href="#main" onClick={goTo("#main")}>
        Skip to the page
      </a>
      <a className="skip-link" href="#activity" onClick={goTo('#activity [data-part="chip"]')}>
        Skip to the activity
      </a>
    </>
  );
}

// The chip has no id, by which a link alone could give it the focus. And an address that names a part
// of the page would be one more step back, and has a screen reader read that part's beginning anew
// whenever something is put there.
function goTo(selector: string): (event: MouseEvent) => void {
  return (event) => {
    event.preventDefault();
    document.querySelector<HTMLElement>(selector)?.focus();
  };
}
