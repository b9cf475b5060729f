import { crc32 } from 'node:zlib';
import type { Random } from './random.ts';

/** A run log after something happened to it. */
export interface MutatedJournal {
  kind: string;
  bytes: Buffer;
  /** Every line has a right checksum: whoever did it knew the format. */
  isSealed: boolean;
}

/** What disks, editors, version control and transports do to a file: no checksum is made anew. */
export const damages: Record<string, (whole: Buffer, random: Random) => Buffer> = {
  'bits flipped': (whole, random) => {
    const copy = Buffer.from(whole);
    for (let count = 1 + random.below(8); count > 0; count--) {
      const at = random.below(copy.length);
      copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
    }
    return copy;
  },
  'tail torn': (whole, random) => whole.subarray(0, whole.length - 1 - random.below(400)),
  'cut anywhere': (whole, random) => whole.subarray(0, random.below(whole.length)),
  'hole in the middle': (whole, random) => {
    const start = random.below(whole.length);
    return Buffer.concat([whole.subarray(0, start), whole.subarray(start + 1 + random.below(300))]);
  },
  'zeros at the end': (whole, random) => Buffer.concat([whole.subarray(0, random.below(whole.length)), Buffer.alloc(1 + random.below(5000))]),
  'lines swapped': (whole, random) => onLines(whole, (lines) => swap(lines, random.below(lines.length), random.below(lines.length))),
  'line doubled': (whole, random) =>
    onLines(whole, (lines) => {
      const line = random.pick(lines);
      lines.splice(random.below(lines.length + 1), 0, line);
    }),
  'line removed': (whole, random) => onLines(whole, (lines) => void lines.splice(random.below(lines.length), 1)),
  'line cut': (whole, random) =>
    onLines(whole, (lines) => {
      const at = random.below(lines.length);
      lines[at] = (lines[at] ?? '').slice(0, random.below((lines[at] ?? '').length));
    }),
  'foreign line': (whole, random) =>
    onLines(whole, (lines) => void lines.splice(random.below(lines.length + 1), 0, random.pick(foreignLines).repeat(random.pick([1, 1, 1, 1000])))),
  'huge line': (whole, random) =>
    onLines(
      whole,
      (lines) => void lines.splice(random.below(lines.length + 1), 0, `{"type":"${'x'.repeat(random.pick([70_000, 1_000_000, 3_000_000]))}"}`),
    ),
  'NUL inside': (whole, random) => insert(whole, random.below(whole.length), Buffer.alloc(1 + random.below(3))),
  'line ends of Windows': (whole) => Buffer.from(whole.toString('utf8').replaceAll('\n', '\r\n')),
  'line ends of old Macs': (whole) => Buffer.from(whole.toString('utf8').replaceAll('\n', '\r')),
  'UTF-16': (whole, random) => Buffer.concat([Buffer.from(random.pick([[], [0xff, 0xfe]])), Buffer.from(whole.toString('utf8'), 'utf16le')]),
  'byte order mark': (whole) => insert(whole, 0, Buffer.from([0xef, 0xbb, 0xbf])),
  'half of a character': (whole, random) =>
    insert(whole, random.below(whole.length), Buffer.from(random.pick([[0xc3], [0xf0, 0x9f], [0xed, 0xa0, 0x80]]))),
  'conflict marks': (whole, random) =>
    onLines(
      whole,
      (lines) => void lines.splice(random.below(lines.length), 0, '<<<<<<< HEAD', random.pick(lines), '=======', random.pick(lines), '>>>>>>> x'),
    ),
};

const foreignLines = [
  '',
  ' ',
  '{}',
  'null',
  '[]',
  '0',
  '"text"',
  '{"type":"done"}',
  '{"type":"run"}',
  '{"type":"__proto__"}',
  '[',
  'NaN',
  '{"type":1e999}',
];

type Json = Record<string, unknown>;

/** What somebody does who knows the format: every line gets its checksum. */
const forgeries: Record<string, (records: Json[], random: Random) => void> = {
  'value replaced': (records, random) => {
    for (let count = 1 + random.below(2); count > 0; count--) replaceValue(random.pick(records), random);
  },
  'key removed': (records, random) => {
    const record = random.pick(records);
    delete record[random.pick(Object.keys(record))];
  },
  'outcome turned': (records, random) => {
    const done = random.pick(ofType(records, 'done'));
    done.outcome = random.pick(['pass', 'fail', 'error', 'unscored', 'skipped'].filter((outcome) => outcome !== done.outcome));
  },
  'score turned': (records, random) => {
    const score = random.pick(ofType(records, 'score'));
    Object.assign(score, random.pick([{ pass: score.pass !== true }, { value: 1 - Number(score.value ?? 0) }, { kind: 'unscored', reason: 'no' }]));
  },
  'answer removed': (records, random) => remove(records, random.pick(ofType(records, 'response'))),
  'scores removed': (records, random) => {
    const { sample, epoch } = random.pick(ofType(records, 'score'));
    for (const score of ofType(records, 'score')) if (score.sample === sample && score.epoch === epoch) remove(records, score);
  },
  'slot removed': (records, random) => {
    const { sample, epoch } = random.pick(ofType(records, 'done'));
    for (const record of [...records]) if (record.sample === sample && record.epoch === epoch) remove(records, record);
  },
  'sample removed': (records, random) => {
    const { sample } = random.pick(ofType(records, 'sample'));
    for (const record of [...records]) if (record.sample === sample) remove(records, record);
  },
  'outcome without an answer': (records, random) =>
    void records.splice(random.below(records.length), 0, { ...random.pick(ofType(records, 'done')), epoch: 1 + random.below(4), outcome: 'pass' }),
  'second outcome': (records, random) =>
    void records.push({ ...random.pick(ofType(records, 'done')), outcome: random.pick(['pass', 'fail', 'error']), attempts: random.below(9) }),
  'answer after the outcome': (records, random) => void records.push(random.pick(ofType(records, 'response'))),
  'end somewhere': (records, random) => void records.splice(1 + random.below(records.length - 1), 0, ...ofType(records, 'end')),
  'totals changed': (records, random) => {
    for (const end of ofType(records, 'end')) replaceValue(end.totals as Json, random);
  },
  'plan changed': (records, random) => {
    const [header] = records;
    if (header) header.planned = { ...(header.planned as Json), [random.pick(['samples', 'repeats', 'slots'])]: random.pick([...numbers, 2, 3, 6]) };
  },
  'second sample of that name': (records, random) =>
    void records.splice(1, 0, { ...random.pick(ofType(records, 'sample')), hash: 'f'.repeat(64), weight: 1e308 }),
  'newer format': (records, random) => {
    const [header] = records;
    if (header) header.schemaVersion = random.pick([2, 99, 1.5, -1, 1e308]);
  },
  'newer records and keys': (records, random) => {
    records.splice(1 + random.below(records.length), 0, { type: 'verdictOfTomorrow', outcome: 'pass' });
    random.pick(records).keyOfTomorrow = { pass: true };
  },
  'records shuffled': (records, random) => {
    for (let at = records.length - 1; at > 1; at--) swap(records, at, 1 + random.below(at));
  },
  'checksums given up': (records) => {
    const [header] = records;
    if (header) delete header.checksums;
  },
};

const numbers = [0, -1, -0, 1, 1e9, 1e308, -1e308, Number.MAX_SAFE_INTEGER, 2 ** 53, 0.5, 5e-324];
const values: readonly unknown[] = [
  ...numbers,
  null,
  true,
  '',
  'x',
  '__proto__',
  'x'.repeat(300_000),
  [],
  {},
  '2026-13-45T99:99:99Z',
  '\ud800',
  '\u0000',
  [[[[]]]],
  { __proto__: null, constructor: { prototype: { polluted: 1 } } },
];

/** Where JSON has no text for it: infinite, too deep, a key that is a prototype. */
const rawValues = ['1e999', '-1e999', '-0', `${'['.repeat(3000)}${']'.repeat(3000)}`, '{"__proto__":{"polluted":1}}'];
const rawMark = 'raw-value-here';

/** One thing that happens to a run log; the same random numbers give the same. */
export function mutateJournal(whole: Buffer, random: Random, only?: string): MutatedJournal {
  const kind = only ?? random.pick(mutationKinds);
  const damage = damages[kind];
  if (damage) return { kind, bytes: damage(whole, random), isSealed: false };
  const records = recordsOf(whole);
  forgeries[kind]?.(records, random);
  const isSealed = records[0]?.checksums === 'crc32';
  return { kind, bytes: Buffer.from(records.map((record) => lineOf(record, random, isSealed)).join('')), isSealed: true };
}

export const mutationKinds: readonly string[] = [...Object.keys(damages), ...Object.keys(forgeries)];

/** The records of the lines that are JSON objects, in order, without their checksums. */
export function recordsOf(bytes: Buffer): Json[] {
  return bytes
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        const { crc: _, ...record } = JSON.parse(line) as Json;
        return [record];
      } catch {
        return [];
      }
    });
}

function lineOf(record: Json, random: Random, isSealed: boolean): string {
  const json = JSON.stringify(record).replaceAll(`"${rawMark}"`, () => random.pick(rawValues));
  return isSealed ? `${json.slice(0, -1)},"crc":"${crc32(json).toString(16).padStart(8, '0')}"}\n` : `${json}\n`;
}

/** Somewhere in the record, at any depth. */
function replaceValue(record: Json, random: Random): void {
  let target: Json = record;
  for (;;) {
    const keys = Object.keys(target);
    if (keys.length === 0) return;
    const key = random.pick(keys);
    const value = target[key];
    if (typeof value === 'object' && value !== null && Object.keys(value).length > 0 && random.below(4) > 0) {
      target = value as Json;
      continue;
    }
    target[key] = random.below(5) === 0 ? rawMark : random.pick(values);
    return;
  }
}

function ofType(records: readonly Json[], type: string): Json[] {
  return records.filter((record) => record.type === type);
}

function remove<T>(list: T[], item: T): void {
  const at = list.indexOf(item);
  if (at >= 0) list.splice(at, 1);
}

function swap<T>(list: T[], a: number, b: number): void {
  [list[a], list[b]] = [list[b] as T, list[a] as T];
}

function insert(whole: Buffer, at: number, what: Buffer): Buffer {
  return Buffer.concat([whole.subarray(0, at), what, whole.subarray(at)]);
}

/** Latin-1, so that every byte is kept. */
function onLines(whole: Buffer, change: (lines: string[]) => void): Buffer {
  const lines = whole.toString('latin1').split('\n');
  lines.pop();
  change(lines);
  return Buffer.from(`${lines.join('\n')}\n`, 'latin1');
}
