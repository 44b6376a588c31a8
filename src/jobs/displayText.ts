/** How long a text from outside may be where a person reads it, in UTF-16 units. */
export const maxDisplayLength = 200;

// Control characters break lines; bidirectional ones can make a text read as another one
// (Unicode UAX #9, and CVE-2021-42574).
const unsafe = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/gu;

// What nearly every text is: nothing needs to be done to it.
const plain = /^[!-~](?:[ -~]*[!-~])?$/;

// Half of a surrogate pair, left over where a text was cut or broken from the start.
const halfCharacter = /\p{Cs}/gu;

/**
 * A text from outside, made fit for a label: control and bidirectional characters become one
 * space, and what is longer than `maxLength` ends in an ellipsis.
 */
export function displayText(text: string, maxLength = maxDisplayLength): string {
  if (text.length <= maxLength && plain.test(text)) return text;
  // Cut first, so that a megabyte costs no more than a line.
  const line = text
    .slice(0, maxLength * 2)
    .replace(unsafe, " ")
    .replace(halfCharacter, "")
    .trim();
  if (line.length <= maxLength) return line;
  return `${line.slice(0, maxLength - 1).replace(halfCharacter, "")}…`;
}

/** Whether a text can be shown as it is. */
export function isDisplayText(text: string): boolean {
  return displayText(text) === text;
}
