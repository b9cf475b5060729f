/** Runs of one length that two texts share, each at most as often as it stands in both, and how many each text has. */
export interface NgramMatches {
  shared: number;
  said: number;
  wanted: number;
}

/**
 * The shared runs of 1 to `maxOrder` neighbours of two lists of numbers that stand for words or characters. With several
 * references a run counts as often as in the one that has it most, and `wanted` is of the longest. Time and room grow with
 * the lengths alone: a run is known by the run before it and one more item, in a table of whole numbers.
 */
export function matchNgrams(said: Int32Array, references: readonly Int32Array[], maxOrder: number): NgramMatches[] {
  const texts = [said, ...references];
  const table = createPairTable(texts.reduce((sum, text) => sum + text.length, 0));
  let runs = texts.map((text) => new Int32Array(text.length));
  const results: NgramMatches[] = [];
  for (let order = 1; order <= maxOrder; order++) {
    table.clear();
    runs = texts.map((text, which) => {
      const before = runs[which] as Int32Array;
      const next = new Int32Array(Math.max(0, text.length - order + 1));
      for (let at = 0; at < next.length; at++) next[at] = table.idOf(before[at] as number, text[at + order - 1] as number);
      return next;
    });
    const [ofSaid = new Int32Array(), ...ofReferences] = runs;
    const left = mostCounts(ofReferences, table.size());
    let shared = 0;
    for (const run of ofSaid) {
      const count = left[run] as number;
      if (count === 0) continue;
      left[run] = count - 1;
      shared++;
    }
    results.push({ shared, said: ofSaid.length, wanted: Math.max(0, ...ofReferences.map(({ length }) => length)) });
  }
  return results;
}

/** Of each run its count in the text that has it most. */
function mostCounts(texts: readonly Int32Array[], size: number): Int32Array {
  const most = new Int32Array(size);
  for (const [index, runs] of texts.entries()) {
    const counts = index === 0 ? most : new Int32Array(size);
    for (const run of runs) counts[run] = (counts[run] as number) + 1;
    if (index > 0) for (let run = 0; run < size; run++) most[run] = Math.max(most[run] as number, counts[run] as number);
  }
  return most;
}

/** Numbers pairs of numbers, from 0 on: open addressing in arrays that are used again after `clear`. */
function createPairTable(maxPairs: number): { idOf(a: number, b: number): number; clear(): void; size(): number } {
  let slots = 16;
  while (slots < maxPairs * 2) slots *= 2;
  const ids = new Int32Array(slots).fill(-1);
  const firsts = new Int32Array(slots);
  const seconds = new Int32Array(slots);
  let size = 0;
  return {
    idOf(a, b) {
      let slot = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 0;
      slot = (slot ^ (slot >>> 15)) & (slots - 1);
      while (ids[slot] !== -1 && (firsts[slot] !== a || seconds[slot] !== b)) slot = (slot + 1) & (slots - 1);
      if (ids[slot] === -1) {
        ids[slot] = size++;
        firsts[slot] = a;
        seconds[slot] = b;
      }
      return ids[slot] as number;
    },
    clear() {
      ids.fill(-1);
      size = 0;
    },
    size: () => size,
  };
}

/** Each list of words as numbers; equal words have equal ones. */
export function numberWords(texts: readonly (readonly string[])[]): Int32Array[] {
  const numbers = new Map<string, number>();
  return texts.map((words) => {
    const found = new Int32Array(words.length);
    for (const [at, word] of words.entries()) {
      let known = numbers.get(word);
      if (known === undefined) {
        known = numbers.size;
        numbers.set(word, known);
      }
      found[at] = known;
    }
    return found;
  });
}

/** The words between white space. */
export function splitWords(text: string): string[] {
  return text.split(/[\s\u0085]+/).filter((word) => word !== '');
}
