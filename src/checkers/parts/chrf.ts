import { countItems, ngramsOf, sharedCount, splitWords } from './ngrams.ts';

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
  const said = gramsOf(candidate, options.words);
  return Math.max(0, ...references.map((reference) => fScore(said, gramsOf(reference, options.words))));
}

function fScore(said: readonly Map<string, number>[], wanted: readonly Map<string, number>[]): number {
  let [precision, recall, orders] = [0, 0, 0];
  for (const [index, of] of said.entries()) {
    const against = wanted[index] ?? new Map<string, number>();
    const [saidTotal, wantedTotal] = [totalOf(of), totalOf(against)];
    if (saidTotal === 0 || wantedTotal === 0) continue;
    const matches = sharedCount(of, against);
    precision += matches / saidTotal;
    recall += matches / wantedTotal;
    orders++;
  }
  if (orders === 0 || precision + recall === 0) return 0;
  const [p, r] = [precision / orders, recall / orders];
  return Math.min(1, ((1 + betaSquared) * p * r) / (betaSquared * p + r));
}

function totalOf(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}

function gramsOf(text: string, words: 0 | 1 | 2): Map<string, number>[] {
  const head = text.slice(0, maxChrfCharacters);
  const pieces = splitWords(head);
  const characters = [...pieces.join('')];
  const byCharacters = Array.from({ length: characterOrder }, (_, index) => countItems(ngramsOf(characters, index + 1, '')));
  const tokens = words === 0 ? [] : pieces.flatMap(splitPunctuation);
  return [...byCharacters, ...Array.from({ length: words }, (_, index) => countItems(ngramsOf(tokens, index + 1, ' ')))];
}

/** One mark at the end of a word, or else at its beginning, stands alone. */
function splitPunctuation(word: string): string[] {
  const characters = [...word];
  if (characters.length === 1) return [word];
  const isMark = (character: string | undefined): boolean => character !== undefined && /^[!-/:-@[-`{-~]$/.test(character);
  if (isMark(characters.at(-1))) return [word.slice(0, -1), word.slice(-1)];
  return isMark(characters[0]) ? [word.slice(0, 1), word.slice(1)] : [word];
}
