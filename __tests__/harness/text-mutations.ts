import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml, stringify as stringifyYaml } from 'yaml';
import { damages } from './journal-mutations.ts';
import type { Random } from './random.ts';

/** A file after something happened to it. */
export interface MutatedText {
  kind: string;
  bytes: Buffer;
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Container = Json[] | { [key: string]: Json };

/** Where a text of a file is taken for a path: outside of every folder that a test reads. */
export const elsewhere = [
  '../outside/secret.json',
  '../outside/secret.jsonl',
  '../outside',
  'link.json',
  '/etc/passwd',
  '/dev/zero',
  '..',
  '.',
  '\u0000',
];

const numbers = [0, -1, -0, 1.5, 1e308, -1e308, 2 ** 53, 2 ** 31, 5e-324];
const texts = [
  '',
  ' ',
  'x',
  '\u0000',
  '\ud800',
  '\u202e\u001b[31m',
  '\u2028',
  '{{row}}',
  '{{x.y}}',
  '{{__proto__.x}}',
  ['$', '{env:HOME}'].join(''),
  '::error::x',
  ...elsewhere,
];
const names = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  'id',
  'input',
  'a.b',
  '\u001b]8;;x',
  '\ud800',
  'ı',
  'x'.repeat(300),
];
/** What JSON.stringify has no text for. A mark stands for them until the text is whole. */
const raws = [
  '1e999',
  '-1e999',
  '-0',
  '123456789012345678901234567890',
  '"\\ud800"',
  '{"__proto__": {"polluted": 1}}',
  '{"constructor": {"prototype": {"polluted": 1}}}',
  '{"a": 1, "a": 2}',
  `${'['.repeat(190)}${']'.repeat(190)}`,
  `${'['.repeat(3000)}${']'.repeat(3000)}`,
  `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
];
const rawMark = (index: number) => `raw-value-${index}-`;

/** Large values are rare: each costs what a thousand others do. */
function extreme(random: Random): Json {
  if (random.below(60) === 0)
    return random.pick<() => Json>([() => 'x'.repeat(1_000_000), () => wide(random, 100_000), () => Array<Json>(50_000).fill(0)])();
  return random.pick<() => Json>([
    () => random.pick(numbers),
    () => random.pick(texts),
    () => rawMark(random.below(raws.length)),
    () => random.pick([null, true, false]),
    () => random.pick<Json>([[], {}, [[]], [null], { type: 'x' }, { type: 'toString' }, [{}, 1, 'a']]),
  ])();
}

function wide(random: Random, columns: number): Json {
  const prefix = random.pick(['column ', '', 'i', '__proto__']);
  return Object.fromEntries(Array.from({ length: columns }, (_, index) => [`${prefix}${index}`, index]));
}

/** What somebody changes who knows the form: `path` leads to one container of the value. */
const edits: Record<string, (at: Container, random: Random) => void> = {
  'value replaced': (at, random) => onEntry(at, random, () => extreme(random)),
  'type swapped': (at, random) =>
    onEntry(at, random, (value) => random.pick<Json>([[value], { a: value }, JSON.stringify(value), Number(value) || 0])),
  'value removed': (at, random) => onEntry(at, random, () => undefined),
  'key renamed': (at, random) => {
    const [key, value] = random.pick([...Object.entries(at), ['', null] as const]);
    if (Array.isArray(at) || !Object.hasOwn(at, key)) return;
    delete at[key];
    define(at, random.below(3) === 0 ? `${key}x` : random.pick(names), value);
  },
  'key added': (at, random) => {
    if (Array.isArray(at)) at.splice(random.below(at.length + 1), 0, extreme(random));
    else define(at, random.pick(names), extreme(random));
  },
  'columns without number': (at, random) => {
    if (Array.isArray(at)) at.push(wide(random, 500));
    else for (const [key, value] of Object.entries(wide(random, random.below(20) === 0 ? 100_000 : 500) as object)) define(at, key, value);
  },
  doubled: (at, random) => {
    if (Array.isArray(at) && at.length > 0) at.push(random.pick(at));
    else onEntry(at, random, (value) => (Array.isArray(value) ? [...value, ...value] : value));
  },
  'id of another kind': (at, random) => {
    const keys = Object.keys(at).filter((key) => /id|index|name|_id|type|path|file/i.test(key));
    if (keys.length === 0 || Array.isArray(at)) return;
    define(
      at,
      random.pick(keys),
      random.pick<() => Json>([
        () => extreme(random),
        () => random.pick(texts),
        () => 'same',
        () => `a\nb\u0007${random.below(3)}`,
        () => 'i'.repeat(257),
      ])(),
    );
  },
};

/** Pieces that are put into a text, or in the place of one character of it. */
const scars: Record<string, readonly string[]> = {
  yaml: [
    ':',
    ': ',
    '- ',
    '{',
    ']',
    '[',
    '\t',
    '&a ',
    '*a',
    ' *missing',
    '!!x ',
    '!!set ',
    '!!omap ',
    '!!binary ',
    '!!timestamp ',
    '!!float .nan',
    '.inf',
    '\n',
    '"',
    "'",
    '#',
    '? ',
    '|',
    '>',
    '%YAML 1.1\n---\n',
    '\n---\n',
    '\n...\n',
    '<<: ',
    '- &l [*l]\n',
    '&a [*a, *a]',
    '0o777',
    '2001-01-01',
  ],
  csv: ['"', '""', ',', ';', '\t', '\r', '\n', '\r\n', '"\n', 'id,', ',,,,', '\u0000', '"x"y', '__proto__,', ' '],
  json: ['{', '}', '[', ']', ',', ':', '"', '\\', '\\u', '\\ud800', '1e999', 'NaN', 'null', '//', '\n', '\u0000', "'", '-', '.5'],
};

/** One thing that happens to a file, by the ending of its name; the same random numbers give the same. */
export function mutateText(name: string, whole: Buffer, random: Random): MutatedText {
  const form = formOf(name);
  const way = random.below(10);
  if (way < 3 || whole.length === 0) {
    const kind = random.pick(Object.keys(damages));
    const ended = whole.at(-1) === 10 ? whole : Buffer.concat([whole, Buffer.from('\n')]);
    return { kind, bytes: damages[kind]?.(ended, random) ?? whole };
  }
  if (way < 5 || form === 'other') return { kind: `scar in ${form}`, bytes: scarred(whole, scars[form] ?? scars.json ?? [], random) };
  const kind = random.pick(Object.keys(edits));
  const root = parsed(form, whole.toString('utf8'));
  for (let count = 1 + random.below(3); count > 0; count--) {
    const places = containersOf(root);
    if (places.length > 0) edits[kind]?.(random.pick(places), random);
  }
  return { kind, bytes: Buffer.from(printed(form, root, random).replace(/"?raw-value-(\d+)-"?/g, (_, index: string) => raws[Number(index)] ?? '')) };
}

function formOf(name: string): 'jsonl' | 'json' | 'yaml' | 'csv' | 'other' {
  if (/\.(jsonl|ndjson)$/.test(name)) return 'jsonl';
  if (/\.ya?ml$/.test(name)) return 'yaml';
  return name.endsWith('.json') ? 'json' : /\.[ct]sv$/.test(name) ? 'csv' : 'other';
}

function scarred(whole: Buffer, pieces: readonly string[], random: Random): Buffer {
  let bytes = whole;
  for (let count = 1 + random.below(3); count > 0; count--) {
    const at = random.below(bytes.length + 1);
    bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(random.pick(pieces)), bytes.subarray(at + random.below(2))]);
  }
  return bytes;
}

function parsed(form: string, text: string): Json {
  if (form === 'yaml') return parseYaml(text) as Json;
  if (form === 'csv') return parseCsv(text, { columns: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: true }) as Json;
  if (form === 'json') return JSON.parse(text) as Json;
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as Json]));
}

function printed(form: string, root: Json, random: Random): string {
  if (form === 'json') return JSON.stringify(root, null, random.pick([0, 2]));
  if (form === 'yaml') {
    if (random.below(3) === 0) return JSON.stringify(root);
    return stringifyYaml(root, {
      aliasDuplicateObjects: random.below(2) === 0,
      ...(random.below(3) === 0 ? { collectionStyle: 'flow' as const } : {}),
    });
  }
  const rows = Array.isArray(root) ? root : [root];
  if (form === 'jsonl') return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const columns = [...new Set(rows.flatMap((row) => (row !== null && typeof row === 'object' ? Object.keys(row) : [])))];
  const cellOf = (row: Json, key: string) => {
    const value = row !== null && typeof row === 'object' ? ((Object.getOwnPropertyDescriptor(row, key)?.value ?? '') as Json) : row;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return /[",\n\r]/.test(text) && random.below(30) > 0 ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const narrow = columns.length > 2000 ? rows.slice(0, 2) : rows;
  return [columns.map((key) => cellOf(key, '')).join(','), ...narrow.map((row) => columns.map((key) => cellOf(row, key)).join(','))].join('\n');
}

/** Every list and mapping, from the outside. Wide values are not looked into. */
function containersOf(root: Json): Container[] {
  const found: Container[] = [];
  const pending: Json[] = [root];
  for (let item = pending.pop(); item !== undefined && found.length < 2000; item = pending.pop()) {
    if (item === null || typeof item !== 'object') continue;
    found.push(item);
    pending.push(...Object.values(item).slice(0, 200));
  }
  return found;
}

/** @param change gives the new value; undefined: the entry goes. */
function onEntry(at: Container, random: Random, change: (value: Json) => Json | undefined): void {
  const keys = Object.keys(at);
  if (keys.length === 0) return;
  const key = random.pick(keys);
  const value = (at as Record<string, Json>)[key] ?? null;
  const changed = change(value);
  if (changed === undefined) {
    if (Array.isArray(at)) at.splice(Number(key), 1);
    else delete at[key];
  } else define(at, key, changed);
}

/** As an own key, whatever it is called. */
function define(at: Container, key: string, value: Json): void {
  Object.defineProperty(at, key, { value, enumerable: true, configurable: true, writable: true });
}
