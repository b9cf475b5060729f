import { tokenize13a } from './bleu.ts';
import type { Stemmer } from './rouge.ts';

/** Characters of each text that are looked at: every reference is aligned with the whole output. */
export const maxMeteorCharacters = 100_000;

export interface MeteorOptions {
  /** Share of precision in the mean, 0..1; the rest is that of recall. */
  alpha: number;
  /** How steeply the penalty grows with the share of chunks, ≥ 0. */
  beta: number;
  /** The highest penalty, 0..1. */
  gamma: number;
  /** The groups of synonyms that a stem belongs to, by number. */
  synonyms: ReadonlyMap<string, readonly number[]>;
  stem: Stemmer;
}

/** Words by the stem they have, each with the numbers of its groups. */
export function indexSynonyms(groups: readonly (readonly string[])[], stem: Stemmer): Map<string, readonly number[]> {
  const groupsOf = new Map<string, number[]>();
  for (const [number, group] of groups.entries()) {
    for (const word of new Set(group.map(stem))) {
      const known = groupsOf.get(word);
      if (known) known.push(number);
      else groupsOf.set(word, [number]);
    }
  }
  return groupsOf;
}

/**
 * METEOR (Lavie and Agarwal 2007) in 0..1 as NLTK's `meteor_score` computes it on 13a tokens, of the best reference: equal
 * words, then equal stems, then synonyms are aligned, each time from the last word on with the last free word of the
 * reference. Even equal texts stay below 1, single words at 1 - gamma. 0 when a text has no words.
 */
export function meteor(candidate: string, references: readonly string[], options: MeteorOptions): number {
  const said = wordsOf(candidate);
  return references.reduce((best, reference) => Math.max(best, scoreOne(said, wordsOf(reference), options)), 0);
}

/** A word, or in later stages its stem, and its place in the text. */
interface Word {
  text: string;
  at: number;
}

interface Unmatched {
  said: readonly Word[];
  wanted: readonly Word[];
}

const noGroups: readonly number[] = [];

function wordsOf(text: string): Word[] {
  return tokenize13a(text.slice(0, maxMeteorCharacters)).map((word, at) => ({ text: word, at }));
}

function scoreOne(said: readonly Word[], wanted: readonly Word[], { alpha, beta, gamma, synonyms, stem }: MeteorOptions): number {
  const places = new Int32Array(said.length).fill(-1);
  const toStems = (words: readonly Word[]): Word[] => words.map(({ text, at }) => ({ text: stem(text), at }));
  let rest = matchWords({ said, wanted }, ({ text }) => [text], places);
  rest = matchWords({ said: toStems(rest.said), wanted: toStems(rest.wanted) }, ({ text }) => [text], places);
  matchWords(rest, ({ text }) => synonyms.get(text) ?? noGroups, places);
  const { matches, chunks } = countChunks(places);
  if (matches === 0) return 0;
  const precision = matches / said.length;
  const recall = matches / wanted.length;
  const mean = (precision * recall) / (alpha * precision + (1 - alpha) * recall);
  return Math.min(1, (1 - gamma * (chunks / matches) ** beta) * mean);
}

/**
 * Aligns words that share a key, and writes the place of each partner into `places`. Takes time by the number of keys,
 * and keeps the words that found no partner in their order.
 */
function matchWords<Key>({ said, wanted }: Unmatched, keysOf: (word: Word) => readonly Key[], places: Int32Array): Unmatched {
  const free = new Map<Key, Word[]>();
  for (const word of wanted) {
    for (const key of keysOf(word)) {
      const words = free.get(key);
      if (words) words.push(word);
      else free.set(key, [word]);
    }
  }
  const taken = new Set<number>();
  for (const word of said.toReversed()) {
    let last = -1;
    for (const key of keysOf(word)) {
      const words = free.get(key) ?? [];
      // A word with several keys stands in several lists, and may have been taken by way of another one.
      while (taken.has(words.at(-1)?.at ?? -1)) words.pop();
      last = Math.max(last, words.at(-1)?.at ?? -1);
    }
    if (last === -1) continue;
    taken.add(last);
    places[word.at] = last;
  }
  return { said: said.filter(({ at }) => places[at] === -1), wanted: wanted.filter(({ at }) => !taken.has(at)) };
}

/** A chunk is a run of neighbours in one text whose partners are neighbours in the other one, in the same order. */
function countChunks(places: Int32Array): { matches: number; chunks: number } {
  let matches = 0;
  let chunks = 0;
  for (const [at, place] of places.entries()) {
    if (place === -1) continue;
    matches++;
    const before = at === 0 ? -1 : (places[at - 1] ?? -1);
    if (before === -1 || place !== before + 1) chunks++;
  }
  return { matches, chunks };
}
