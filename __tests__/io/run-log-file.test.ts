import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ToolError } from '../../src/errors.ts';
import { readEvidence, readResponses, readRunIndex, readRunLog, resolveRunLog } from '../../src/io/run-log-file.ts';
import type { RunLogRecord } from '../../src/records/run-log.ts';
import { scored } from '../../src/records/score.ts';
import { agent, containsOk, header, run, samples, temporaryFolder, trajectory } from '../run/builders.ts';

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'nothing was thrown',
    (error) => (error instanceof ToolError ? error.code : error),
  );
}

/** A log of three samples with two epochs each, as a run leaves it. */
async function writeLog(folder: string): Promise<string> {
  await run(folder, samples(3), {
    repeats: 2,
    agent: agent(async ({ sample, epoch }) => trajectory(sample.id === 's2' ? 'no' : `ok größe 🎲 ${epoch}`, { usage: { costUsd: 0.5 } })),
    checkersOf: () => [containsOk, { ...containsOk, name: 'second', check: () => scored(0.5, 'half', { perTurn: [0.5, null] }) }],
  });
  return join(folder, 'run.jsonl');
}

function lines(...records: unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

describe('reading a run log', () => {
  it('gives the records as they were, without checksums', async () => {
    using folder = temporaryFolder();
    const records = await collect(readRunLog(await writeLog(folder.path)));
    expect(records[0]).toEqual({ ...header(), checksums: 'crc32' });
    expect(records.filter(({ type }) => type === 'done')).toHaveLength(6);
    expect(records.some((record) => 'crc' in record)).toBe(false);
  });

  it('reads the evidence of the samples that are asked for, in the order of their epochs', async () => {
    using folder = temporaryFolder();
    const path = await writeLog(folder.path);
    const evidence = await readEvidence(path, new Set(['s1', 'missing']));
    expect([...evidence.keys()]).toEqual(['s1']);
    expect(evidence.get('s1')?.map(({ epoch, outcome }) => [epoch, outcome])).toEqual([
      [1, 'fail'],
      [2, 'fail'],
    ]);
    expect(evidence.get('s1')?.[0]?.trajectory?.turns[0]?.output).toBe('ok größe 🎲 1');
    expect(evidence.get('s1')?.[0]?.scores).toEqual([
      { checker: 'contains', score: { kind: 'scored', value: 1, pass: true, reason: 'has ok' } },
      { checker: 'second', score: { kind: 'scored', value: 0.5, pass: false, reason: 'half', perTurn: [0.5, null] } },
    ]);
    expect((await readEvidence(path, new Set(['s1', 's2']), { maxEpochs: 1 })).get('s2')).toHaveLength(1);
    expect((await collect(readResponses(path))).map(({ epoch }) => epoch)).toEqual([1, 1, 1, 2, 2, 2]);
  });

  it('reads a log without checksums, with CRLF line ends, unknown records and unknown keys', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'run.jsonl');
    writeFileSync(
      path,
      lines({ ...header(), later: 1 }, { type: 'future', x: 1 }, { type: 'stop', at: '2026-01-01T00:00:00.000Z', reason: 'r' }).replaceAll(
        '\n',
        '\r\n',
      ),
    );
    expect((await collect(readRunLog(path))).map(({ type }) => type)).toEqual(['run', 'stop']);
    expect((await readRunIndex(path)).header).toMatchObject({ later: 1 });
  });

  it('refuses what it cannot trust, and says which line', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'run.jsonl');
    const stop = { type: 'stop', at: '2026-01-01T00:00:00.000Z', reason: 'r' };
    const score = { type: 'score', sample: 'a', epoch: 1, checker: 'c', fingerprint: 'f', kind: 'scored', value: 1, pass: true, reason: '' };
    const cases: [string, string][] = [
      ['', 'run-log-empty'],
      ['junk', 'run-log-empty'],
      [lines(stop, stop), 'run-log-damaged'],
      [lines(header({ schemaVersion: 2 })), 'run-log-newer'],
      [lines(header(), header(), stop), 'run-log-damaged'],
      [lines(header(), { ...score, value: 1.5 }, stop), 'run-log-damaged'],
      [lines(header(), { ...score, epoch: 0 }, stop), 'run-log-damaged'],
      [lines(header(), score, stop).replace('"value":1', '"value":1e999'), 'run-log-damaged'],
      [lines(header(), { type: 'response', sample: 'a', epoch: 1, attempt: 1, trajectory: { turns: [], latencyMs: -1 } }, stop), 'run-log-damaged'],
      [`${lines(header())}${'['.repeat(200_000)}${']'.repeat(200_000)}\n${lines(stop)}`, 'run-log-damaged'],
      [lines(header(), { type: 'done', sample: 'nobody', epoch: 1, outcome: 'pass', attempts: 1 }), 'run-log-damaged'],
      [`${lines(header({ checksums: 'crc32' }))}${lines(stop)}`, 'run-log-damaged'],
    ];
    for (const [text, code] of cases) {
      writeFileSync(path, text);
      expect(await codeOf(readRunIndex(path)), text.slice(0, 300)).toBe(code);
    }
    expect(await codeOf(readRunIndex(join(folder.path, 'missing.jsonl')))).toBe('file-unreadable');
  });

  it('finds the log in a folder', async () => {
    using folder = temporaryFolder();
    expect(await codeOf(resolveRunLog(folder.path))).toBe('run-log-not-found');
    expect(await codeOf(resolveRunLog(join(folder.path, 'x')))).toBe('run-log-not-found');
    const path = await writeLog(folder.path);
    expect(await resolveRunLog(folder.path)).toBe(path);
    expect(await resolveRunLog(path)).toBe(path);
  });

  it('gives the index or a known error for any damage, and never other numbers', async () => {
    using folder = temporaryFolder();
    const path = await writeLog(folder.path);
    const whole = readFileSync(path);
    const sound = await readRunIndex(path);
    const damage = fc.tuple(
      fc.constantFrom('flip', 'cut', 'insert', 'drop-line', 'double-line'),
      fc.nat(whole.length - 1),
      fc.integer({ min: 1, max: 255 }),
    );
    await fc.assert(
      fc.asyncProperty(damage, async ([kind, at, value]) => {
        writeFileSync(path, damaged(whole, kind, at, value));
        try {
          const index = await readRunIndex(path);
          for (const [id, sample] of index.samples) {
            for (const slot of sample.slots) {
              if (kind !== 'drop-line') expect(sound.samples.get(id)?.slots).toContainEqual(slot);
            }
          }
        } catch (error) {
          expect(error).toBeInstanceOf(ToolError);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('never throws anything but a known error on hostile records with sound checksums', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'run.jsonl');
    const types = fc.constantFrom('run', 'sample', 'attempt', 'response', 'score', 'done', 'stop', 'end', '__proto__', 'constructor');
    const record = fc.tuple(types, fc.dictionary(fc.constantFrom('sample', 'epoch', 'kind', 'trajectory', '__proto__', 'x'), fc.jsonValue()));
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 5 }), async (records) => {
        writeFileSync(path, [{ ...header(), checksums: 'crc32' }, ...records.map(([type, rest]) => ({ ...rest, type }))].map(checksummed).join(''));
        await expectKnown(readRunIndex(path));
        await expectKnown(collect(readRunLog(path)));
        await expectKnown(readEvidence(path, new Set(['', 'a'])));
      }),
      { numRuns: 200 },
    );
  });
});

function checksummed(record: RunLogRecord | object): string {
  const json = JSON.stringify(record);
  return `${json.slice(0, -1)},"crc":"${crc32(json).toString(16).padStart(8, '0')}"}\n`;
}

async function expectKnown(work: Promise<unknown>): Promise<void> {
  await work.catch((error) => expect(error).toBeInstanceOf(ToolError));
}

function damaged(whole: Buffer, kind: string, at: number, value: number): Buffer {
  const copy = Buffer.from(whole);
  if (kind === 'flip') {
    copy[at] = (copy[at] ?? 0) ^ value;
    return copy;
  }
  if (kind === 'cut') return copy.subarray(0, at);
  if (kind === 'insert') return Buffer.concat([copy.subarray(0, at), Buffer.from([value]), copy.subarray(at)]);
  const text = whole.toString('latin1').split('\n');
  const line = at % text.length;
  const doubled = [...text.slice(0, line), ...(kind === 'double-line' ? [text[line], text[line]] : []), ...text.slice(line + 1)];
  return Buffer.from(doubled.join('\n'), 'latin1');
}
