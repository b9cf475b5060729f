import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openJournal } from '../../src/io/journal.ts';
import { readRunIndex } from '../../src/io/run-log-file.ts';
import { idempotencyKey, sampleRecord } from '../../src/run/core/slots.ts';
import { header, noSecrets, sample, temporaryFolder, trajectory } from '../run/builders.ts';
import { buildSources } from './built.ts';

let built: ReturnType<typeof buildSources>;
beforeAll(() => {
  built = buildSources('journal-crash');
});
afterAll(() => built.remove());

/** Kills a run with SIGKILL, so long after it told the first slot or at so many calls of it and those before; gives the slots that it had told done. */
async function runChild(folder: string, slots: number, mode: string, kill?: { afterMs: number; atCalls: number }) {
  const child = spawn(process.execPath, ['__tests__/io/child-run.mjs', built.folder, folder, String(slots), mode], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  let errors = '';
  child.stdout.on('data', (chunk) => (told += chunk));
  child.stderr.on('data', (chunk) => (errors += chunk));
  const closed = once(child, 'close');
  if (kill) {
    // Slots are told after the disk: on a slow one, all may have been asked by then.
    const watch = setInterval(() => callsOf(folder).length >= kill.atCalls && child.kill('SIGKILL'), 2);
    void once(child.stdout, 'data').then(() => setTimeout(() => child.kill('SIGKILL'), kill.afterMs));
    await closed;
    clearInterval(watch);
  }
  const [code, signal] = await closed;
  return { code, signal, errors, told: told.split('\n').slice(0, -1) };
}

function callsOf(folder: string): string[] {
  const path = join(folder, 'calls.log');
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
}

function keyOf(id: string): string {
  return idempotencyKey('r', sample(id, { hash: id.slice(1).padStart(64, '0') }), 1);
}

describe('a run that is killed', () => {
  it('keeps every slot that it told done, never asks one again, and re-sends at most its concurrency with the same key', async () => {
    using folder = temporaryFolder();
    const slots = 400;
    const told = new Set<string>();
    let kills = 0;
    for (let i = 0; i < 6; i++) {
      const callsBefore = callsOf(folder.path);
      const result = await runChild(folder.path, slots, i === 0 ? 'fresh' : 'resume', { afterMs: 5 + i * 23, atCalls: callsBefore.length + 50 });
      if (result.signal === 'SIGKILL') kills++;
      const newCalls = callsOf(folder.path).slice(callsBefore.length);
      for (const id of told) expect(newCalls).not.toContain(keyOf(id));
      for (const id of result.told) told.add(id);
      const index = await readRunIndex(join(folder.path, 'run.jsonl'));
      for (const id of told) expect(index.samples.get(id)?.slots[0]?.outcome, id).toBe('pass');
    }
    const last = await runChild(folder.path, slots, 'resume');
    expect(last.code, last.errors).toBe(0);
    expect(kills).toBeGreaterThan(2);
    const calls = callsOf(folder.path);
    expect(new Set(calls).size).toBe(slots);
    expect(calls.length - slots).toBeLessThanOrEqual(4 * kills);
    const index = await readRunIndex(join(folder.path, 'run.jsonl'));
    expect([...index.samples.values()].filter((one) => one.slots[0]?.outcome === 'pass')).toHaveLength(slots);
  }, 60_000);

  it('stops with one clear error on a full disk and goes on from there', async () => {
    using folder = temporaryFolder();
    const child = spawn(
      'bash',
      ['-c', `ulimit -f 64; exec "$0" __tests__/io/child-run.mjs ${built.folder} "$1" 300 fresh`, process.execPath, folder.path],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let errors = '';
    child.stderr.on('data', (chunk) => (errors += chunk));
    const [code] = await once(child, 'close');
    expect(code, errors).toBe(3);
    expect(errors).toContain('journal-write-failed');
    expect(callsOf(folder.path).length).toBeLessThan(300);
    const last = await runChild(folder.path, 300, 'resume');
    expect(last.code, last.errors).toBe(0);
    expect(new Set(callsOf(folder.path)).size).toBe(300);
  }, 30_000);

  it('resumes after a tail torn at any byte of the last line', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'run.jsonl');
    const journal = await openJournal({ path, resume: false, redactor: noSecrets, header: header() });
    journal.append(sampleRecord(sample('a')), sampleRecord(sample('b')));
    journal.append({ type: 'response', sample: 'a', epoch: 1, attempt: 1, trajectory: trajectory('größe 🎲') });
    await journal.close();
    const whole = readFileSync(path);
    const lastLine = whole.lastIndexOf(0x0a, whole.length - 2) + 1;
    for (let cut = lastLine; cut <= whole.length; cut++) {
      writeFileSync(path, whole.subarray(0, cut));
      const resumed = await openJournal({ path, resume: true, redactor: noSecrets, header: header() });
      const isKept = cut >= whole.length - 1;
      expect(resumed.index.pending.size, `cut at ${cut}`).toBe(isKept ? 1 : 0);
      resumed.append({ type: 'stop', at: '2026-01-01T00:00:00.000Z', reason: 'interrupted' });
      await resumed.close();
      const index = await readRunIndex(path);
      expect(index.stop?.reason).toBe('interrupted');
      expect(index.samples.size).toBe(2);
    }
  });
});
