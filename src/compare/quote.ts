/** Characters of a quotation, as code points. */
const maxQuoted = 80;
const maxNamed = 60;

/** A text of somebody else inside a phrase: one line, cut, between double quotes; marks inside it become apostrophes. */
export function quoted(text: string): string {
  return `"${shortLine(text, maxQuoted).replace(/["`]/g, "'")}"`;
}

/** A name of somebody else inside a phrase: one line, cut, between backticks. Empty: `(empty)`. */
export function named(name: string): string {
  return `\`${shortLine(name, maxNamed).replace(/["`]/g, "'") || '(empty)'}\``;
}

function shortLine(text: string, max: number): string {
  const line = text
    .slice(0, max * 40)
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= max ? line : `${characters.slice(0, max - 1).join('')}…`;
}
