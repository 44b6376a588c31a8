/** The text, cut to `maxLength` characters, with an ellipsis as the last one if it was longer. */
export function clip(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`;
}
