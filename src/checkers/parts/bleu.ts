import { countItems, ngramsOf, sharedCount, splitWords } from './ngrams.ts';

const maxOrder = 4;

/**
 * Sentence BLEU (Papineni et al. 2002) in 0..1 as sacrebleu computes it: tokenizer 13a, exponential smoothing, effective
 * order, the reference of the nearest length. 0 when a text has no words.
 */
export function bleu(candidate: string, references: readonly string[]): number {
  const said = tokenize13a(candidate);
  const wanted = references.map(tokenize13a);
  const length = nearestLength(said.length, wanted);
  const brevity = said.length >= length ? 1 : said.length === 0 ? 0 : Math.exp(1 - length / said.length);
  let logSum = 0;
  let order = 0;
  let smoothing = 1;
  let hasMatch = false;
  for (let size = 1; size <= maxOrder; size++) {
    const total = said.length - size + 1;
    if (total <= 0) break;
    order = size;
    const matches = sharedCount(gramsOf(said, size), mostOf(wanted.map((words) => gramsOf(words, size))));
    if (matches === 0) smoothing *= 2;
    else hasMatch = true;
    logSum += Math.log(matches === 0 ? 1 / (smoothing * total) : matches / total);
  }
  return hasMatch ? Math.min(1, brevity * Math.exp(logSum / order)) : 0;
}

/**
 * GLEU (Wu et al. 2016) in 0..1 as NLTK's `sentence_gleu` computes it on 13a tokens: shared n-grams of 1 to 4 words over
 * those of the longer text, by the best reference. 0 when a text has no words.
 */
export function gleu(candidate: string, references: readonly string[]): number {
  const said = tokenize13a(candidate);
  const scores = references.map((reference) => {
    const wanted = tokenize13a(reference);
    let [matches, ofSaid, ofWanted] = [0, 0, 0];
    for (let size = 1; size <= maxOrder; size++) {
      matches += sharedCount(gramsOf(said, size), gramsOf(wanted, size));
      ofSaid += Math.max(0, said.length - size + 1);
      ofWanted += Math.max(0, wanted.length - size + 1);
    }
    const most = Math.max(ofSaid, ofWanted);
    return most === 0 ? 0 : matches / most;
  });
  return Math.max(0, ...scores);
}

/** The words of mteval-v13a, which sacrebleu uses: punctuation apart, but not inside numbers. */
export function tokenize13a(text: string): string[] {
  let line = text.trimEnd().replaceAll('<skipped>', '').replaceAll('-\n', '').replaceAll('\n', ' ');
  if (line.includes('&')) line = line.replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
  line = ` ${line} `
    .replace(/([{-~[-` -&(-+:-@/])/g, ' $1 ')
    .replace(/([^0-9])([.,])/gu, '$1 $2 ')
    .replace(/([.,])([^0-9])/gu, ' $1 $2')
    .replace(/([0-9])(-)/g, '$1 $2 ');
  return splitWords(line);
}

function gramsOf(words: readonly string[], size: number): Map<string, number> {
  return countItems(ngramsOf(words, size, ' '));
}

/** Of each item the highest count. */
function mostOf(counts: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const [first, ...more] = counts;
  if (more.length === 0) return first ?? new Map();
  const most = new Map(first);
  for (const count of more) for (const [item, times] of count) most.set(item, Math.max(times, most.get(item) ?? 0));
  return most;
}

function nearestLength(length: number, references: readonly string[][]): number {
  const lengths = references.map((words) => words.length).toSorted((a, b) => Math.abs(a - length) - Math.abs(b - length) || a - b);
  return lengths[0] ?? 0;
}
