import { numberWords } from './ngrams.ts';
import { stemWord } from './porter.ts';

export type RougeVariant = '1' | '2' | 'L';

/** All in 0..1; 0 when a text has no words. */
export interface RougeScore {
  precision: number;
  recall: number;
  f1: number;
  /** The texts were so long that the longest common subsequence is a lower bound. */
  isLowerBound: boolean;
}

/** Words of each text that the longest common subsequence looks at: its time grows with their product. */
const maxSubsequenceWords = 4_000;

/**
 * ROUGE (Lin 2004) as google's `rouge_score` computes it with its stemmer on: n-gram overlap with clipped counts, or the
 * longest common subsequence. When one of the texts has at most half Latin letters, both are split into runs of letters
 * and digits of any script, compared by case and not stemmed, so that equal Chinese texts score 1 and not 0.
 */
export function rouge(candidate: string, reference: string, variant: RougeVariant, stem: Stemmer = createStemmer()): RougeScore {
  const split = isLatin(candidate) && isLatin(reference) ? (text: string) => latinWords(text, stem) : unicodeWords;
  const said = split(candidate);
  const wanted = split(reference);
  if (variant === 'L') {
    const isCut = Math.max(said.length, wanted.length) > maxSubsequenceWords;
    const common = commonSubsequence(said.slice(0, maxSubsequenceWords), wanted.slice(0, maxSubsequenceWords));
    return { ...toScore(common, said.length, wanted.length), isLowerBound: isCut };
  }
  const size = variant === '2' ? 2 : 1;
  const saidGrams = grams(said, size);
  const wantedGrams = grams(wanted, size);
  return { ...toScore(overlap(saidGrams, wantedGrams), saidGrams.length, wantedGrams.length), isLowerBound: false };
}

/** The stem of a word; remembers those of thousands of words, as texts of one suite have mostly the same. */
export type Stemmer = (word: string) => string;

/** Short words: a long one is rare, and takes room. */
const maxKnownLength = 40;
const maxKnownStems = 10_000;

/** A stemmer with nothing remembered. */
export function createStemmer(): Stemmer {
  const known = new Map<string, string>();
  return (word) => {
    const found = known.get(word);
    if (found !== undefined) return found;
    // A "word" of thousands of letters is an encoded blob; stemming it would cost and mean nothing.
    if (word.length > 1_000) return word;
    const stem = stemWord(word);
    if (known.size >= maxKnownStems) known.clear();
    if (word.length <= maxKnownLength) known.set(word, stem);
    return stem;
  };
}

/** The words of Latin text: runs of a-z and 0-9 in lower case, those of more than three characters stemmed. */
export function latinWords(text: string, stem: Stemmer = createStemmer()): string[] {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.map((word) => (word.length <= 3 ? word : stem(word)));
}

/** The words of text in any script: runs of letters, digits and underscores. */
export function unicodeWords(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/** More than half of the letters are Latin; text without letters counts as Latin. */
export function isLatin(text: string): boolean {
  if (!/[\u0080-\uffff]/.test(text)) return true;
  const letters = text.replace(/\P{L}+/gu, '');
  if (letters === '') return true;
  return characterCount(letters.replace(/\P{Script=Latin}+/gu, '')) / characterCount(letters) > 0.5;
}

/** Code points, without making a list of them. */
function characterCount(text: string): number {
  return text.length - text.replace(/[^\ud800-\udbff]+/g, '').length;
}

/** How many elements two lists share, each counted at most as often as it stands in both. */
export function overlap(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const item of b) left.set(item, (left.get(item) ?? 0) + 1);
  let shared = 0;
  for (const item of a) {
    const count = left.get(item) ?? 0;
    if (count === 0) continue;
    left.set(item, count - 1);
    shared++;
  }
  return shared;
}

/** Precision, recall and their harmonic mean; 0 where a denominator is 0. */
export function toScore(common: number, said: number, wanted: number): { precision: number; recall: number; f1: number } {
  const precision = said === 0 ? 0 : common / said;
  const recall = wanted === 0 ? 0 : common / wanted;
  const sum = precision + recall;
  return { precision, recall, f1: sum === 0 ? 0 : (2 * precision * recall) / sum };
}

function grams(words: readonly string[], size: number): readonly string[] {
  if (size === 1) return words;
  return words.slice(0, Math.max(0, words.length - size + 1)).map((_, index) => words.slice(index, index + size).join(' '));
}

/** Length of the longest common subsequence, 32 words at a time (Hyyrö 2004, "Bit-parallel LCS-length computation revisited"). */
function commonSubsequence(a: readonly string[], b: readonly string[]): number {
  const { from, endA, endB } = differentPart(a, b);
  const same = from + (a.length - endA);
  const [left = new Int32Array(), right = new Int32Array()] = numberWords([a.slice(from, endA), b.slice(from, endB)]);
  const blocks = Math.ceil(left.length / 32);
  // The words of `left` have the first numbers.
  const known = left.reduce((most, word) => Math.max(most, word + 1), 0);
  const placesOf = new Int32Array(known * blocks);
  left.forEach((word, at) => {
    const cell = word * blocks + (at >>> 5);
    placesOf[cell] = (placesOf[cell] as number) | (1 << (at & 31));
  });
  // A bit that is 0 stands for one word more in common.
  const row = new Int32Array(blocks).fill(-1);
  for (const word of right) {
    if (word >= known) continue;
    let carry = 0;
    for (let block = 0; block < blocks; block++) {
      const bits = row[block] as number;
      const matches = bits & (placesOf[word * blocks + block] as number);
      const sum = (bits >>> 0) + (matches >>> 0) + carry;
      carry = sum > 0xffff_ffff ? 1 : 0;
      row[block] = sum | (bits & ~matches);
    }
  }
  return same + row.reduce((count, bits) => count + onesIn(~bits), 0);
}

/** What is left between the words that both begin and that both end with. */
function differentPart(a: readonly string[], b: readonly string[]): { from: number; endA: number; endB: number } {
  let [from, endA, endB] = [0, a.length, b.length];
  while (from < endA && from < endB && a[from] === b[from]) from++;
  while (endA > from && endB > from && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  return { from, endA, endB };
}

function onesIn(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
