/**
 * What the last scan or sync came to. The region stays, so that a new text is read out, and has no
 * role: an empty status is read as a bar.
 */
export function ProjectActionResult({ text }: { text: string | undefined }) {
  return (
    <p className="result" aria-live="polite">
      {text}
    </p>
  );
}
