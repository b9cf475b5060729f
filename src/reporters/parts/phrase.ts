/** A piece of a sentence: words of ours, or a name or quotation of somebody else's. */
export interface PhrasePart {
  kind: 'text' | 'code';
  text: string;
}

/**
 * A sentence such as ``no longer calls `lookup_order`; says "I cannot help"`` in its parts. A name stands between
 * backticks, a quotation between double quotes, and keeps them. An opening mark without a closing one is text.
 * Lossless apart from the backticks of names; sinks escape each part for what it is.
 */
export function parsePhrase(phrase: string): PhrasePart[] {
  const parts: PhrasePart[] = [];
  let end = 0;
  for (const match of phrase.matchAll(/`([^`]+)`|"[^"]*"/g)) {
    if (match.index > end) parts.push({ kind: 'text', text: phrase.slice(end, match.index) });
    parts.push({ kind: 'code', text: match[1] ?? match[0] });
    end = match.index + match[0].length;
  }
  if (end < phrase.length) parts.push({ kind: 'text', text: phrase.slice(end) });
  return parts;
}

/** A phrase as plain text, for sinks without code elements. */
export function plainPhrase(phrase: string): string {
  return parsePhrase(phrase)
    .map((part) => part.text)
    .join('');
}

/** A name of somebody else's inside a phrase; a backtick in it is shown as U+02CB, which looks alike. */
export function named(name: string): string {
  const inert = name.replace(/`/g, 'ˋ');
  return `\`${inert === '' ? '(empty)' : inert}\``;
}

const maxQuoted = 120;

/** A text of somebody else's inside a phrase: one line, cut, between double quotes; quotes inside it become apostrophes. */
export function quoted(text: string, max = maxQuoted): string {
  const characters = [
    ...text
      .slice(0, 40 * max)
      .replace(/\s+/g, ' ')
      .trim(),
  ];
  const cut = characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : characters.join('');
  return `"${cut.replace(/["`]/g, "'")}"`;
}
