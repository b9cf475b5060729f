const maxQuoted = 120;

/**
 * Text of an agent or a dataset as it may stand inside a reason: one line, in double quotes, at most 120 characters.
 * Control characters and direction marks become spaces, lone surrogates the replacement character.
 */
export function quote(text: string, maxCharacters: number = maxQuoted): string {
  // Most texts are plain, and need none of the slow classes below.
  const start = text.slice(0, maxCharacters + 1);
  if (/^(?:[!-~](?: (?=[!-~]))?)*$/.test(start))
    return start.length === text.length && start.length <= maxCharacters ? `"${start}"` : `"${start.slice(0, maxCharacters)}…"`;
  // Twice the room, so that a long text is not walked through to its end only to be cut.
  const head = text.slice(0, maxCharacters * 4);
  const line = head
    .replace(/[\s\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim();
  const characters = [...line];
  const isCut = characters.length > maxCharacters || head.length < text.length;
  return `"${characters.slice(0, maxCharacters).join('')}${isCut ? '…' : ''}"`;
}

/** Text that nobody has taken secrets out of yet, such as an answer of a service, as by `quote`, never half a word: nobody would recognize, and hide, half of a secret. */
export function quoteWords(text: string, maxCharacters: number = maxQuoted): string {
  const quoted = quote(text, maxCharacters);
  // The cut of `quote` is a mark before the last quotation mark.
  return quoted.endsWith('…"') ? `${quoted.slice(0, -2).replace(/[!#-&(-;=?-~]+$/, '')}…"` : quoted;
}

/** A number for a person: at most four digits after the point, no trailing zeros. */
export function roundText(value: number): string {
  return String(Number(value.toFixed(4)));
}

/** `1 tool call`, `2 tool calls`. */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
