import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ToolError } from '../../src/errors.ts';
import { holdsAnswers, openJournal } from '../../src/io/journal.ts';
import { readRunIndex } from '../../src/io/run-log-file.ts';
import type { RunRecord } from '../../src/records/run-log.ts';
import { scored } from '../../src/records/score.ts';
import { createRedactor } from '../../src/run/core/redact.ts';
import { sampleRecord } from '../../src/run/core/slots.ts';
import { header, noSecrets, sample, temporaryFolder, trajectory } from '../run/builders.ts';

const open = (folder: string, options: { resume?: boolean; header?: RunRecord } = {}) =>
  openJournal({ path: join(folder, 'run.jsonl'), resume: options.resume ?? false, redactor: noSecrets, header: options.header ?? header() });

async function errorOf(work: Promise<unknown>): Promise<ToolError> {
  return work.then(
    () => {
      throw new Error('nothing was thrown');
    },
    (error) => error,
  );
}

const response = (id: string) => ({ type: 'response', sample: id, epoch: 1, attempt: 1, trajectory: trajectory(`answer ${id}`) }) as const;
const end = {
  type: 'end',
  at: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
  totals: { slots: 0, pass: 0, fail: 0, error: 0, unscored: 0, skipped: 0, agentCalls: 0 },
} as const;

describe('the journal', () => {
  it('has a record in the file when append returns, with its checksum as the last key', async () => {
    using folder = temporaryFolder();
    const journal = await open(join(folder.path, 'new', 'folder'));
    journal.append(sampleRecord(sample('a')));
    const lines = readFileSync(journal.path, 'utf8').split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/,"crc":"[0-9a-f]{8}"\}$/);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ type: 'run', checksums: 'crc32' });
    await journal.close();
  });

  it('folds what it writes, as a reader of the file does', async () => {
    using folder = temporaryFolder();
    const journal = await open(folder.path);
    const at = { sample: 'a', epoch: 1 };
    const score = { type: 'score', ...at, checker: 'contains', fingerprint: 'cc', ...scored(1, 'has ok') } as const;
    journal.append(sampleRecord(sample('a')), response('a'), score, { type: 'done', ...at, outcome: 'pass', attempts: 1 });
    await journal.synced();
    expect(await readRunIndex(journal.path)).toEqual({ ...journal.index, source: journal.path });
    await journal.close();
  });

  it('keeps the earlier log when a new run takes its place, and does not let empty runs push it out', async () => {
    using folder = temporaryFolder();
    const first = await open(folder.path);
    first.append(sampleRecord(sample('a')), response('a'));
    await first.close();
    for (let i = 0; i < 3; i++) await (await open(folder.path, { header: header({ runId: `later-${i}` }) })).close();
    expect(readFileSync(join(folder.path, 'run.previous.jsonl'), 'utf8')).toContain('answer a');
    expect((await readRunIndex(join(folder.path, 'run.jsonl'))).header?.runId).toBe('later-2');
    expect(readdirSync(folder.path).sort()).toEqual(['run.jsonl', 'run.previous.jsonl']);
  });

  it('tells where the part of a run went that was broken off, and keeps a whole one without a word', async () => {
    using folder = temporaryFolder();
    const previous = join(folder.path, 'run.previous.jsonl');
    const first = await open(folder.path);
    expect(first).toMatchObject({ isResumed: false, isFinished: false });
    first.append(sampleRecord(sample('a')), response('a'));
    await first.close();
    const second = await open(folder.path);
    expect(second.keptPart).toBe(previous);
    // Short records may come after the end, and long ones before it.
    second.append(sampleRecord(sample('b')), { ...response('b'), trajectory: trajectory('x'.repeat(100_000)) }, end);
    second.append({ type: 'stop', at: end.at, reason: 'interrupted' });
    await second.close();
    const third = await open(folder.path);
    expect('keptPart' in third).toBe(false);
    expect(readFileSync(previous, 'utf8')).toContain('"type":"end"');
    await third.close();
  });

  it('knows how long it is open', async () => {
    using folder = temporaryFolder();
    const before = performance.now();
    const journal = await open(folder.path);
    const opened = performance.now();
    await journal.synced();
    expect(journal.openForMs()).toBeGreaterThanOrEqual(performance.now() - opened - 1);
    expect(journal.openForMs()).toBeLessThanOrEqual(performance.now() - before);
    await journal.close();
  });

  it('goes on where it was on resume, keeps the run id, and knows a finished run', async () => {
    using folder = temporaryFolder();
    const first = await open(folder.path);
    first.append(sampleRecord(sample('a')), {
      type: 'attempt',
      sample: 'a',
      epoch: 1,
      attempt: 1,
      idempotencyKey: 'k',
      at: '2026-01-01T00:00:00.000Z',
    });
    await first.close();
    const second = await open(folder.path, { resume: true, header: header({ runId: 'other' }) });
    expect(second).toMatchObject({ isResumed: true, isFinished: false });
    expect(second.index.header?.runId).toBe('run-1');
    expect(second.index.attempts.get('1/a')).toBe(1);
    second.append(end);
    await second.close();
    const third = await open(folder.path, { resume: true });
    expect(third.isFinished).toBe(true);
    await third.close();
  });

  it('goes on behind a last record that lacks its line break alone, and over one that was cut', async () => {
    using folder = temporaryFolder();
    const first = await open(folder.path);
    first.append(sampleRecord(sample('a')), sampleRecord(sample('b')));
    await first.close();
    const whole = readFileSync(first.path, 'utf8');
    for (const cut of [1, 2]) {
      writeFileSync(first.path, whole.slice(0, -cut));
      const resumed = await open(folder.path, { resume: true });
      expect([...resumed.index.samples.keys()]).toEqual(cut === 1 ? ['a', 'b'] : ['a']);
      resumed.append(sampleRecord(sample('c')));
      await resumed.close();
      expect((await readRunIndex(first.path)).samples.has('c')).toBe(true);
      expect(readFileSync(first.path, 'utf8').split('\n')).toHaveLength(cut === 1 ? 5 : 4);
    }
  });

  it('starts a new log when there is nothing to resume, not even a whole header', async () => {
    using folder = temporaryFolder();
    await (await open(folder.path, { resume: true })).close();
    writeFileSync(join(folder.path, 'run.jsonl'), '{"type":"run","schemaV');
    const journal = await open(folder.path, { resume: true });
    expect(journal.index.header?.runId).toBe('run-1');
    await journal.close();
  });

  it('refuses to resume another experiment, naming the parts, and points to check when only the scoring differs', async () => {
    using folder = temporaryFolder();
    await (await open(folder.path)).close();
    const calls = header({ fingerprints: { call: { endpoint: 'zz', template: 'bb' }, score: { contains: 'cc', judge: 'ee' } }, samplesDigest: 'xx' });
    const error = await errorOf(open(folder.path, { resume: true, header: calls }));
    expect(error).toMatchObject({ code: 'resume-mismatch', exitCode: 2 });
    expect(error.problems.map(({ field }) => field)).toEqual(['samples', 'call.endpoint', 'score.judge']);
    const scoreOnly = header({ fingerprints: { call: header().fingerprints.call, score: { contains: 'other' } } });
    expect((await errorOf(open(folder.path, { resume: true, header: scoreOnly }))).remedy).toContain('agent-regress check');
    await (await open(folder.path, { resume: true })).close();
  });

  it('refuses a log that is damaged before its end, and leaves it as it is', async () => {
    using folder = temporaryFolder();
    const first = await open(folder.path);
    first.append(sampleRecord(sample('a')), response('a'));
    await first.close();
    const damaged = readFileSync(first.path, 'utf8').replace('"line":1', '"line":2');
    writeFileSync(first.path, damaged);
    const error = await errorOf(open(folder.path, { resume: true }));
    expect(error).toMatchObject({ code: 'run-log-damaged' });
    expect(error.message).toContain('line 2');
    expect(readFileSync(first.path, 'utf8')).toBe(damaged);
    expect(existsSync(`${first.path}.lock`)).toBe(false);
  });

  it('redacts every record, the header too', async () => {
    using folder = temporaryFolder();
    const redactor = createRedactor([{ name: 'URL', value: 'https://secret.test' }]);
    const path = join(folder.path, 'run.jsonl');
    const journal = await openJournal({
      path,
      resume: false,
      redactor,
      header: header({ agent: { type: 'http', endpoint: 'https://secret.test/x' } }),
    });
    journal.append(sampleRecord(sample('a')), { ...response('a'), trajectory: trajectory('see https%3A%2F%2Fsecret.test') });
    await journal.close();
    expect(readFileSync(path, 'utf8')).not.toContain('secret.test');
    expect((await readRunIndex(path)).header?.agent.endpoint).toBe('[redacted:URL]/x');
  });

  it('F30 refuses a second writer and takes over from one that is gone, whoever has its process id now', async () => {
    using folder = temporaryFolder();
    const journal = await open(folder.path);
    expect(await errorOf(open(folder.path, { resume: true }))).toMatchObject({ code: 'run-in-use', exitCode: 2 });
    await journal.close();
    const lock = `${journal.path}.lock`;
    const gone = spawnSync('true').pid;
    for (const owner of [`{"pid":${gone},"started":"1"}`, `{"pid":${process.pid},"started":"1"}`]) {
      writeFileSync(lock, owner);
      await (await open(folder.path, { resume: true })).close();
    }
    const other = spawn('sleep', ['60']);
    writeFileSync(lock, `{"pid":${other.pid},"started":""}`);
    expect(await errorOf(open(folder.path, { resume: true }))).toMatchObject({ code: 'run-in-use' });
    other.kill('SIGKILL');
    expect(readdirSync(folder.path).sort()).toEqual(['run.jsonl', 'run.jsonl.lock']);
  });

  it('F30 lets exactly one of many take over a stale lock', async () => {
    using folder = temporaryFolder();
    await (await open(folder.path)).close();
    for (let round = 0; round < 20; round++) {
      writeFileSync(join(folder.path, 'run.jsonl.lock'), '{"pid":999999999,"started":"1"}');
      const opened = await Promise.allSettled(Array.from({ length: 8 }, () => open(folder.path, { resume: true })));
      const won = opened.filter((one) => one.status === 'fulfilled');
      expect(won).toHaveLength(1);
      await won[0]?.value.close();
    }
  });

  it('says what is wrong when the folder cannot be written', async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, 'file'), '');
    expect(await errorOf(open(join(folder.path, 'file')))).toMatchObject({ code: 'journal-write-failed', exitCode: 3 });
  });
});

it('finds an answer wherever it is in a log, and none where there is none', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'run.jsonl');
  expect(await holdsAnswers(path)).toBe(false);
  const mark = '"type":"response"';
  const piece = 256 * 1024;
  for (const at of [0, 100, piece - 1, piece - 8, piece - mark.length, piece, 3 * piece - 5]) {
    writeFileSync(path, `${'x'.repeat(at)}${mark}\n`);
    expect(await holdsAnswers(path), String(at)).toBe(true);
  }
  writeFileSync(path, `${'x'.repeat(piece)}"type":"sample"`);
  expect(await holdsAnswers(path)).toBe(false);
});
