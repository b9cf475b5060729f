/** Text as people compare it: compatible characters alike, lower case, straight quotes, one space between words. */
export function foldText(text: string): string {
  if (!/[\u0080-\uffff]/.test(text)) return text.toLowerCase().replace(/\s+/g, ' ').trim();
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2018\u2019\u201a\u201b]/g, "'")
    .replace(/[\u201c-\u201f\u00ab\u00bb]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\s\u00ad\u200b-\u200d\ufeff]+/g, ' ')
    .trim();
}

/**
 * True when a text holds another one that does not begin or end inside a word of Latin letters and digits: `12` is not in
 * `123`. Both are folded; gives up after so many places that are inside words.
 */
export function holdsWords(text: string, part: string): boolean {
  const startsInWord = /^[a-z0-9_]/.test(part);
  const endsInWord = /[a-z0-9_]$/.test(part);
  let at = -1;
  for (let tries = 0; tries < 100; tries++) {
    at = text.indexOf(part, at + 1);
    if (at < 0) return false;
    const isCutBefore = startsInWord && at > 0 && /[a-z0-9_]/.test(text.charAt(at - 1));
    const isCutAfter = endsInWord && /[a-z0-9_]/.test(text.charAt(at + part.length));
    if (!isCutBefore && !isCutAfter) return true;
  }
  return false;
}

/** The sentences of a text: parts with a letter or digit that end in a full stop, a question or exclamation mark, an empty line, or before a list mark. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(/[.!?]+|[\u3002\uff01\uff1f]+|\n\s*\n|\n(?=[ \t]{0,20}(?:[-*+\u2022]|\d{1,3}[.)])[ \t])/g)) {
    const end = index + mark.length;
    // A dot inside "3.14" or "example.com" ends nothing.
    const isInside = /^[.!?]/.test(mark) && end < text.length && !/[\s"')\]\u201d\u00bb]/.test(text.charAt(end));
    if (isInside || isListNumber(text, start, index)) continue;
    sentences.push(text.slice(start, end));
    start = end;
  }
  sentences.push(text.slice(start));
  return sentences.filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/** The dot of "1. First" ends no sentence. */
function isListNumber(text: string, start: number, end: number): boolean {
  return (start === 0 || text[start - 1] === '\n') && end - start <= 24 && /^\s*\d{1,3}$/.test(text.slice(start, end));
}
