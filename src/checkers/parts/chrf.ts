import { matchNgrams, numberWords, splitWords } from './ngrams.ts';

/** Recall counts as much as precision four times, chrF2. */
const betaSquared = 4;
const characterOrder = 6;

/** Characters of each text that are looked at: the counts of a longer one would fill the memory. */
export const maxChrfCharacters = 100_000;

/**
 * chrF2 (Popović 2015) in 0..1 as sacrebleu computes it: runs of 1 to 6 characters without white space, of the best
 * reference; with `words` 2 also runs of 1 and 2 words (chrF2++). 0 when a text is empty.
 */
export function chrf(candidate: string, references: readonly string[], options: { words: 0 | 1 | 2 }): number {
  return Math.max(0, ...references.map((reference) => fScore(candidate, reference, options.words)));
}

function fScore(candidate: string, reference: string, words: 0 | 1 | 2): number {
  const [said, wanted] = [candidate.slice(0, maxChrfCharacters), reference.slice(0, maxChrfCharacters)];
  const orders = matchNgrams(charactersOf(said), [charactersOf(wanted)], characterOrder);
  if (words > 0) {
    const [ofSaid = new Int32Array(), ofWanted = new Int32Array()] = numberWords(
      [said, wanted].map((text) => splitWords(text).flatMap(splitPunctuation)),
    );
    orders.push(...matchNgrams(ofSaid, [ofWanted], words));
  }
  const usable = orders.filter((order) => order.said > 0 && order.wanted > 0);
  if (usable.length === 0) return 0;
  const precision = usable.reduce((sum, { shared, said: total }) => sum + shared / total, 0) / usable.length;
  const recall = usable.reduce((sum, { shared, wanted: total }) => sum + shared / total, 0) / usable.length;
  if (precision + recall === 0) return 0;
  return Math.min(1, ((1 + betaSquared) * precision * recall) / (betaSquared * precision + recall));
}

/** Without white space. */
function charactersOf(spaced: string): Int32Array {
  const text = spaced.replace(/[\s\u0085]+/g, '');
  const codes = new Int32Array(text.length);
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) as number;
    codes[count++] = code;
    if (code > 0xffff) at++;
  }
  return codes.subarray(0, count);
}

/** One mark at the end of a word, or else at its beginning, stands alone. */
function splitPunctuation(word: string): string[] {
  const characters = [...word];
  if (characters.length === 1) return [word];
  const isMark = (character: string | undefined): boolean => character !== undefined && /^[!-/:-@[-`{-~]$/.test(character);
  if (isMark(characters.at(-1))) return [word.slice(0, -1), word.slice(-1)];
  return isMark(characters[0]) ? [word.slice(0, 1), word.slice(1)] : [word];
}
