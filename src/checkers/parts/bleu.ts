import { matchNgrams, type NgramMatches, numberWords, splitWords } from './ngrams.ts';

const maxOrder = 4;

/**
 * Sentence BLEU (Papineni et al. 2002) in 0..1 as sacrebleu computes it: tokenizer 13a, exponential smoothing, effective
 * order, the reference of the nearest length. 0 when a text has no words.
 */
export function bleu(candidate: string, references: readonly string[]): number {
  const [said = new Int32Array(), ...wanted] = numberWords([candidate, ...references].map(tokenize13a));
  const length = nearestLength(said.length, wanted);
  const brevity = said.length >= length ? 1 : said.length === 0 ? 0 : Math.exp(1 - length / said.length);
  let logSum = 0;
  let order = 0;
  let smoothing = 1;
  let hasMatch = false;
  for (const { shared, said: total } of matchNgrams(said, wanted, maxOrder)) {
    if (total === 0) break;
    order++;
    if (shared === 0) smoothing *= 2;
    else hasMatch = true;
    logSum += Math.log(shared === 0 ? 1 / (smoothing * total) : shared / total);
  }
  return hasMatch ? Math.min(1, brevity * Math.exp(logSum / order)) : 0;
}

/**
 * GLEU (Wu et al. 2016) in 0..1 as NLTK's `sentence_gleu` computes it on 13a tokens: shared n-grams of 1 to 4 words over
 * those of the longer text, by the best reference. 0 when a text has no words.
 */
export function gleu(candidate: string, references: readonly string[]): number {
  const [said = new Int32Array(), ...wanted] = numberWords([candidate, ...references].map(tokenize13a));
  const scores = wanted.map((reference) => {
    const orders = matchNgrams(said, [reference], maxOrder);
    const total = (pick: (order: NgramMatches) => number): number => orders.reduce((sum, order) => sum + pick(order), 0);
    const longer = Math.max(
      total((order) => order.said),
      total((order) => order.wanted),
    );
    return longer === 0 ? 0 : total((order) => order.shared) / longer;
  });
  return Math.max(0, ...scores);
}

/** The words of mteval-v13a, which sacrebleu uses: punctuation apart, but not inside numbers. */
export function tokenize13a(text: string): string[] {
  let line = text.trimEnd().replaceAll('<skipped>', '').replaceAll('-\n', '').replaceAll('\n', ' ');
  if (line.includes('&')) line = line.replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
  line = ` ${line} `
    .replace(/([{-~[-`!-&(-+:-@/])/g, ' $1 ')
    .replace(/([^0-9])([.,])/g, '$1 $2 ')
    .replace(/([.,])([^0-9])/g, ' $1 $2')
    .replace(/([0-9])(-)/g, '$1 $2 ');
  return splitWords(line);
}

function nearestLength(length: number, references: readonly Int32Array[]): number {
  const lengths = references.map((words) => words.length).toSorted((a, b) => Math.abs(a - length) - Math.abs(b - length) || a - b);
  return lengths[0] ?? 0;
}
