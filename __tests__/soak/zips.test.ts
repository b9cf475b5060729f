import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ToolError } from '../../src/errors.ts';
import { unzip } from '../../src/github/unzip.ts';
import { bombs, slips } from '../fixtures/hostile/zips.ts';
import { isFull, size, soakRow } from '../harness/soak.ts';
import { buildZip } from '../harness/zip-builder.ts';

const log = { name: 'run.jsonl', content: '{"type":"run"}\n'.repeat(20) };
/** What is mutated: sound archives and hostile ones. Very large ones say nothing more, and take long. */
const seeds = [
  buildZip({ entries: [log] }),
  buildZip({ entries: [log, { name: 'assessment.json', content: '{"a":1}', method: 0 }, { name: 'evidence.jsonl', content: '{}' }] }),
  ...[...Object.values(slips), ...Object.values(bombs)].map(({ parts }) => buildZip(parts)).filter((zip) => zip.length < 4096),
];
/** Fields live near these. */
const marks = ['PK\u0001\u0002', 'PK\u0003\u0004', 'PK\u0005\u0006'].map((mark) => Buffer.from(mark, 'latin1'));

const change = fc.record({
  seed: fc.oneof(fc.constantFrom(0, 1), fc.nat(seeds.length - 1)),
  edits: fc.array(
    fc.record({
      mark: fc.option(fc.nat(marks.length - 1)),
      at: fc.nat(4096),
      kind: fc.constantFrom('byte', 'flip', 'ones', 'zeros', 'cut', 'insert', 'repeat'),
      value: fc.nat(255),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

function mutate(zip: Buffer, edits: readonly { mark: number | null; at: number; kind: string; value: number }[]): Buffer {
  let bytes = Buffer.from(zip);
  for (const { mark, at, kind, value } of edits) {
    const from = mark === null ? 0 : Math.max(0, bytes.indexOf(marks[mark] ?? ''));
    const place = bytes.length === 0 ? 0 : mark === null ? at % bytes.length : Math.min(from + (at % 50), bytes.length - 1);
    const end = Math.min(place + 1 + (value % 8), bytes.length);
    if (kind === 'byte' && bytes.length > 0) bytes[place] = value;
    else if (kind === 'flip' && bytes.length > 0) bytes[place] = (bytes[place] ?? 0) ^ (1 << (value % 8));
    else if (kind === 'ones') bytes.fill(0xff, place, end);
    else if (kind === 'zeros') bytes.fill(0, place, end);
    else if (kind === 'cut') bytes = Buffer.concat([bytes.subarray(0, place), bytes.subarray(end)]);
    else if (kind === 'insert') bytes = Buffer.concat([bytes.subarray(0, place), Buffer.alloc(value, value), bytes.subarray(place)]);
    else if (kind === 'repeat') bytes = Buffer.concat([bytes, bytes.subarray(place, end)]);
  }
  return bytes;
}

it('T06 reads a mutated archive or refuses it with one known error, quickly, and writes one file at most', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mutated-zips-'));
  const runs = size(300, 5000);
  const counts = { read: 0, refused: 0, uncaught: 0, slow: 0, strays: 0 };
  await fc
    .assert(
      fc.asyncProperty(change, async ({ seed, edits }) => {
        const zip = mutate(seeds[seed] ?? Buffer.alloc(0), edits);
        const started = process.cpuUsage();
        const file = join(folder, 'log.jsonl');
        try {
          await unzip(zip, { texts: ['assessment.json', 'evidence.jsonl'], files: { 'run.jsonl': file } });
          counts.read += 1;
        } catch (error) {
          if (error instanceof ToolError && error.code === 'archive-refused') counts.refused += 1;
          else {
            counts.uncaught += 1;
            throw error;
          }
        }
        const { user, system } = process.cpuUsage(started);
        if (user + system > 2e6) counts.slow += 1;
        if (readdirSync(folder).some((name) => name !== 'log.jsonl')) counts.strays += 1;
        rmSync(file, { force: true });
      }),
      { numRuns: runs, seed: isFull && process.env.SOAK_SEED ? Number(process.env.SOAK_SEED) : 7 },
    )
    .finally(() => rmSync(folder, { recursive: true }));
  const bad = counts.uncaught + counts.slow + counts.strays;
  soakRow({
    goal: 'G4',
    what: 'mutated archives through the reader of artifacts',
    wanted: '≥ 5000; 0 unknown errors, 0 above 2 s, 0 other files',
    measured: `${runs}: ${counts.read} read, ${counts.refused} refused; ${counts.uncaught} unknown errors, ${counts.slow} above 2 s, ${counts.strays} other files`,
    isMet: bad === 0,
  });
  expect(counts).toMatchObject({ uncaught: 0, slow: 0, strays: 0 });
  expect(counts.refused).toBeGreaterThan(runs / 10);
  expect(counts.read).toBeGreaterThan(runs / 20);
});
