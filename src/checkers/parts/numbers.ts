import { shortened } from '../../errors.ts';
/** A number as it stood in a text. */
export interface FoundNumber {
  value: number;
  isPercent: boolean;
  text: string;
}

// A digit that belongs to a word, such as that of "A7" or "H2O", is no number; a "-" after a letter or digit is no sign.
const pattern =
  /(?<![A-Za-z_0-9]|\d\.)(?:(?<![\p{L}\p{N}])[-+\u2212])?(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?(?:[ \u00a0\u202f]?%)?/gu;

/** Every number of a text, in order; those too large for a double are left out. */
export function numbersIn(text: string): FoundNumber[] {
  const found: FoundNumber[] = [];
  for (const [match] of text.matchAll(pattern)) {
    const isPercent = match.endsWith('%');
    const digits = match.replace(/[,%\s]/g, '').replace('\u2212', '-');
    const value = Number(digits);
    if (digits !== '' && Number.isFinite(value)) found.push({ value, isPercent, text: shortened(match, 40) });
  }
  return found;
}
