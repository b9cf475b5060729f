/** Runs of one length that two texts share, each at most as often as it stands in both, and how many each text has. */
export interface NgramMatches {
  shared: number;
  said: number;
  wanted: number;
}

/** A number for the run that begins at each place of the texts, which stand one after the other; equal runs have equal ones. */
interface Runs {
  ids: Int32Array;
  /** Different runs there are; ids are below. */
  size: number;
}

interface Span {
  from: number;
  length: number;
}

/**
 * The shared runs of 1 to `maxOrder` neighbours of two lists of numbers from 0 on, that stand for words or characters. With
 * several references a run counts as often as in the one that has it most, and `wanted` is of the longest. Time and room
 * grow with the lengths and the largest number alone, whatever the texts are: nothing is hashed.
 */
export function matchNgrams(said: Int32Array, references: readonly Int32Array[], maxOrder: number): NgramMatches[] {
  const texts = [said, ...references];
  let end = 0;
  const spans = texts.map(({ length }): Span => {
    end += length;
    return { from: end - length, length };
  });
  const items = numberItems(texts, spans, end);
  let runs = items;
  const results: NgramMatches[] = [];
  for (let order = 1; order <= maxOrder; order++) {
    if (order > 1) runs = lengthenRuns({ runs, items, spans, order });
    const { ids, size } = runs;
    const ofTexts = spans.map(({ from, length }) => ids.subarray(from, from + Math.max(0, length - order + 1)));
    const [ofSaid = new Int32Array(), ...ofReferences] = ofTexts;
    const left = mostCounts(ofReferences, size);
    let shared = 0;
    for (let at = 0; at < ofSaid.length; at++) {
      const run = ofSaid[at] as number;
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
    for (let at = 0; at < runs.length; at++) {
      const run = runs[at] as number;
      counts[run] = (counts[run] as number) + 1;
    }
    if (index > 0) for (let run = 0; run < size; run++) most[run] = Math.max(most[run] as number, counts[run] as number);
  }
  return most;
}

/** The runs of one item: numbers without gaps for those of the texts. */
function numberItems(texts: readonly Int32Array[], spans: readonly Span[], total: number): Runs {
  let largest = 0;
  for (const text of texts) for (const item of text) if (item > largest) largest = item;
  // One more than the number of an item, because 0 stands for none.
  const known = new Int32Array(largest + 1);
  const ids = new Int32Array(total);
  let size = 0;
  for (const [which, text] of texts.entries()) {
    let at = spans[which]?.from ?? 0;
    for (const item of text) {
      if (known[item] === 0) known[item] = ++size;
      ids[at++] = (known[item] as number) - 1;
    }
  }
  return { ids, size };
}

interface Lengthening {
  runs: Runs;
  items: Runs;
  spans: readonly Span[];
  order: number;
}

/** The runs of `order` items from those of one less and the item that follows. */
function lengthenRuns(from: Lengthening): Runs {
  const cells = from.runs.size * from.items.size;
  const isSmall = cells <= Math.min(maxCells, cellsPerPlace * from.items.ids.length);
  return isSmall ? lengthenByTable(from) : lengthenByGroups(from);
}

/** Cells of the table of pairs at most, for each place of the texts and in all; where it had more, places are sorted. */
const cellsPerPlace = 64;
const maxCells = 2 ** 18;

/** One table for all calls: new memory costs more than all else, so that numbers from earlier on stay in it and count as none. */
const pairs = { known: new Int32Array(), lastNumber: 0 };

/** Every pair of a run and an item has a cell of a table. */
function lengthenByTable({ runs, items, spans, order }: Lengthening): Runs {
  const [runIds, itemIds, width] = [runs.ids, items.ids, items.size];
  const cells = runs.size * width;
  if (cells > pairs.known.length) pairs.known = new Int32Array(Math.min(maxCells, 2 * cells));
  if (pairs.lastNumber > 2 ** 30) {
    pairs.known.fill(0);
    pairs.lastNumber = 0;
  }
  const { known, lastNumber: before } = pairs;
  const ids = new Int32Array(itemIds.length);
  let last = before;
  for (const { from, length } of spans) {
    const end = from + length - order;
    for (let place = from; place <= end; place++) {
      const cell = (runIds[place] as number) * width + (itemIds[place + order - 1] as number);
      let number = known[cell] as number;
      if (number <= before) {
        number = ++last;
        known[cell] = number;
      }
      ids[place] = number - before - 1;
    }
  }
  pairs.lastNumber = last;
  return { ids, size: last - before };
}

/** Places are grouped by their run, and told apart in a group by the item that follows. */
function lengthenByGroups({ runs, items, spans, order }: Lengthening): Runs {
  const { starts, places } = groupPlaces(runs, spans, order);
  const ids = new Int32Array(items.ids.length);
  const seenIn = new Int32Array(items.size).fill(-1);
  const idOf = new Int32Array(items.size);
  let size = 0;
  for (let group = 0; group < runs.size; group++) {
    for (let at = starts[group] as number; at < (starts[group + 1] as number); at++) {
      const place = places[at] as number;
      const item = items.ids[place + order - 1] as number;
      if (seenIn[item] !== group) {
        seenIn[item] = group;
        idOf[item] = size++;
      }
      ids[place] = idOf[item] as number;
    }
  }
  return { ids, size };
}

/** Counting sort of the places with `order` items from there on, by the run that begins there. */
function groupPlaces({ ids, size }: Runs, spans: readonly Span[], order: number): { starts: Int32Array; places: Int32Array } {
  const starts = new Int32Array(size + 1);
  let total = 0;
  for (const { from, length } of spans) {
    for (let place = from; place <= from + length - order; place++) {
      const id = ids[place] as number;
      starts[id] = (starts[id] as number) + 1;
      total++;
    }
  }
  for (let id = 0, sum = 0; id <= size; id++) {
    sum += starts[id] as number;
    starts[id] = sum;
  }
  // Filled from the end of each group, so that its start is left.
  const places = new Int32Array(total);
  for (const { from, length } of spans) {
    for (let place = from; place <= from + length - order; place++) {
      const id = ids[place] as number;
      const slot = (starts[id] as number) - 1;
      starts[id] = slot;
      places[slot] = place;
    }
  }
  return { starts, places };
}

/** Each list of words as numbers; equal words have equal ones. */
export function numberWords(texts: readonly (readonly string[])[]): Int32Array[] {
  const numbers = new Map<string, number>();
  return texts.map((words) => {
    const found = new Int32Array(words.length);
    for (let at = 0; at < words.length; at++) {
      const word = words[at] as string;
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
  return text.match(/[^\s\u0085]+/g) ?? [];
}
