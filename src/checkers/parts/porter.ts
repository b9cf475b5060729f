/**
 * Porter's suffix stripping (Program 14(3), 1980) with the extensions that NLTK 3.8 applies in its default mode: a
 * table of irregular forms, `-ies` and `-ied` of four-letter words, `-y` after a consonant only, `-fulli`, `-logi` and
 * `-alli` first. Expects a lower-case word; words of one or two letters stay as they are.
 */
export function stemWord(word: string): string {
  if (Object.hasOwn(irregular, word)) return irregular[word] ?? word;
  if (word.length <= 2) return word;
  let stem = singularStep(word);
  stem = pastStep(stem);
  stem = applyRules(stem, [['y', 'i', (rest) => rest.length > 1 && isConsonant(rest, rest.length - 1)]]);
  stem = doubleSuffixStep(stem);
  stem = applyRules(stem, step3);
  stem = applyRules(stem, step4);
  return finalStep(stem);
}

type Condition = (stem: string) => boolean;
type Rule = readonly [suffix: string, replacement: string, condition?: Condition];

const irregular: Record<string, string> = {
  sky: 'sky',
  skies: 'sky',
  dying: 'die',
  lying: 'lie',
  tying: 'tie',
  news: 'news',
  innings: 'inning',
  inning: 'inning',
  outings: 'outing',
  outing: 'outing',
  cannings: 'canning',
  canning: 'canning',
  howe: 'howe',
  proceed: 'proceed',
  exceed: 'exceed',
  succeed: 'succeed',
};

const hasMeasure: Condition = (stem) => measure(stem) > 0;
const hasLongMeasure: Condition = (stem) => measure(stem) > 1;

function rules(condition: Condition, pairs: string): readonly Rule[] {
  return pairs.split(' ').map((pair) => {
    const [suffix = '', replacement = ''] = pair.split('>');
    return [suffix, replacement, condition];
  });
}

const step2 = rules(
  hasMeasure,
  'ational>ate tional>tion enci>ence anci>ance izer>ize bli>ble alli>al entli>ent eli>e ousli>ous ization>ize ation>ate ator>ate alism>al iveness>ive fulness>ful ousness>ous aliti>al iviti>ive biliti>ble fulli>ful',
);
const step3 = rules(hasMeasure, 'icate>ic ative> alize>al iciti>ic ical>ic ful> ness>');
const step4: readonly Rule[] = [
  ...rules(hasLongMeasure, 'al> ance> ence> er> ic> able> ible> ant> ement> ment> ent>'),
  ['ion', '', (stem) => measure(stem) > 1 && /[st]$/.test(stem)],
  ...rules(hasLongMeasure, 'ou> ism> ate> iti> ous> ive> ize>'),
];

/** The first rule whose suffix fits decides, even when its condition then fails. */
function applyRules(word: string, list: readonly Rule[]): string {
  for (const [suffix, replacement, condition] of list) {
    if (!word.endsWith(suffix)) continue;
    const stem = word.slice(0, word.length - suffix.length);
    return !condition || condition(stem) ? stem + replacement : word;
  }
  return word;
}

function singularStep(word: string): string {
  if (word.length === 4 && word.endsWith('ies')) return word.slice(0, -1);
  return applyRules(word, [
    ['sses', 'ss'],
    ['ies', 'i'],
    ['ss', 'ss'],
    ['s', ''],
  ]);
}

function pastStep(word: string): string {
  if (word.endsWith('ied')) return word.slice(0, word.length === 4 ? -1 : -2);
  if (word.endsWith('eed')) return hasMeasure(word.slice(0, -3)) ? word.slice(0, -1) : word;
  const cut = ['ed', 'ing'].find((suffix) => word.endsWith(suffix) && hasVowel(word.slice(0, -suffix.length)));
  if (cut === undefined) return word;
  const stem = word.slice(0, -cut.length);
  if (/(at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (endsInDoubleConsonant(stem)) return /[lsz]$/.test(stem) ? stem : stem.slice(0, -1);
  return measure(stem) === 1 && endsInShortSyllable(stem) ? `${stem}e` : stem;
}

function doubleSuffixStep(word: string): string {
  if (word.endsWith('alli') && hasMeasure(word.slice(0, -4))) return doubleSuffixStep(word.slice(0, -2));
  // NLTK measures "-logi" with its "l" kept in the stem, so that "geo" and "theo" work like "archaeo".
  return applyRules(word, [...step2, ['logi', 'log', () => hasMeasure(word.slice(0, -3))]]);
}

function finalStep(word: string): string {
  let stem = word;
  if (word.endsWith('e')) {
    const rest = word.slice(0, -1);
    const size = measure(rest);
    if (size > 1 || (size === 1 && !endsInShortSyllable(rest))) stem = rest;
  }
  return stem.endsWith('ll') && measure(stem.slice(0, -1)) > 1 ? stem.slice(0, -1) : stem;
}

/** `y` is a consonant at the start and after a vowel; a run of them alternates. */
function consonants(word: string): boolean[] {
  const result: boolean[] = [];
  for (const letter of word) result.push(letter === 'y' ? result.at(-1) !== true : !'aeiou'.includes(letter));
  return result;
}

function isConsonant(word: string, index: number): boolean {
  return consonants(word)[index] === true;
}

function hasVowel(word: string): boolean {
  return consonants(word).includes(false);
}

/** Porter's m: how often a vowel sequence is followed by a consonant sequence. */
function measure(word: string): number {
  const kinds = consonants(word);
  return kinds.filter((kind, index) => kind && kinds[index - 1] === false).length;
}

function endsInDoubleConsonant(word: string): boolean {
  return word.length >= 2 && word.at(-1) === word.at(-2) && isConsonant(word, word.length - 1);
}

/** Consonant, vowel, consonant other than w, x, y; or, as NLTK has it, a word of a vowel and a consonant. */
function endsInShortSyllable(word: string): boolean {
  const [a, b, c] = consonants(word).slice(-3);
  if (word.length === 2) return a === false && b === true;
  return word.length >= 3 && a === true && b === false && c === true && !/[wxy]$/.test(word);
}
