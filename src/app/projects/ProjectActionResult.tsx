/** What the last scan or sync came to. The region stays, so that a new text is read out. */
export function ProjectActionResult({ text }: { text: string | undefined }) {
  return (
    <p className="result" role="status">
      {text}
    </p>
  );
}
