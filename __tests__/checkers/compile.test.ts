import { describe, expect, it } from 'vitest';
import { type CheckerConfig, type CheckerDefinition, defineChecker } from '../../src/checkers/checker.ts';
import { compileCheckers, compileSampleCheckers } from '../../src/checkers/compile.ts';
import { checkers } from '../../src/checkers/registry.ts';
import { ToolError } from '../../src/errors.ts';
import { scopeOf } from '../../src/records/check-scope.ts';
import * as z from '../../src/records/schema.ts';
import type { Score } from '../../src/records/score.ts';
import { createRegistry } from '../../src/registry.ts';
import { makeSample, makeTrajectory, noPorts } from './build.ts';

const digest = (text: string) => text;

function config(type: string, options: Record<string, unknown>, common: Partial<CheckerConfig> = {}): CheckerConfig {
  return { type, name: type, required: true, weight: 1, not: false, options: checkers.get(type).options.parse(options), ...common };
}

async function problemsOf(run: () => Promise<unknown>): Promise<ToolError['problems']> {
  try {
    await run();
  } catch (error) {
    if (error instanceof ToolError) return error.problems;
    throw error;
  }
  throw new Error('nothing was thrown');
}

function inputOf(output: string) {
  const [sample, trajectory] = [makeSample(), makeTrajectory(output)];
  return { sample, trajectory, epoch: 1, scope: scopeOf(sample, trajectory, 1) };
}

function registryOf(check: () => Score): { registry: typeof checkers; entry: CheckerConfig } {
  const definition = defineChecker({ type: 'x', summary: '', needs: [], example: { type: 'x' }, options: z.strictObject({}), create: () => check });
  return {
    registry: createRegistry<CheckerDefinition>('checker', [definition]),
    entry: { ...config('cost', { maxUsd: 1 }), type: 'x', options: {} },
  };
}

describe('compileCheckers', () => {
  it('keeps names, weights and order', async () => {
    const list = [config('equals', { value: 'a' }), config('contains', { value: 'b' }, { name: 'has b', weight: 2, required: false })];
    expect(await compileCheckers(list, checkers, noPorts, digest)).toMatchObject([
      { name: 'equals', type: 'equals', required: true, weight: 1, isPure: true },
      { name: 'has b', type: 'contains', required: false, weight: 2, isPure: true },
    ]);
    expect(await compileCheckers([], checkers, noPorts, digest)).toEqual([]);
  });

  it('turns pass and value round for "not", and says so', async () => {
    const [plain, turned] = await compileCheckers(
      [config('contains', { value: 'sorry' }), config('contains', { value: 'sorry' }, { not: true })],
      checkers,
      noPorts,
      digest,
    );
    expect(await plain?.check(inputOf('sorry!'))).toMatchObject({ value: 1, pass: true });
    expect(await turned?.check(inputOf('sorry!'))).toMatchObject({
      value: 0,
      pass: false,
      reason: expect.stringContaining('must not hold, but does'),
    });
    expect(await turned?.check(inputOf('fine'))).toMatchObject({ value: 1, pass: true, reason: expect.stringContaining('does not hold') });
  });

  it('leaves an unscored score unscored under "not"', async () => {
    const [turned] = await compileCheckers([config('equals', {}, { not: true })], checkers, noPorts, digest);
    expect(await turned?.check(inputOf('x'))).toMatchObject({ kind: 'unscored' });
  });

  it('has one fingerprint per meaning: names, weights and key order do not change it, options, "not" and files do', async () => {
    let content = 'one';
    const ports = { ...noPorts, fileDigest: (path: string) => `${path}:${content}` };
    const print = async (entry: CheckerConfig) => (await compileCheckers([entry], checkers, ports, digest))[0]?.fingerprint;
    const base = await print(config('equals', { value: 'a', trim: true }));
    expect(await print(config('equals', { trim: true, value: 'a' }, { name: 'other', weight: 5, required: false }))).toBe(base);
    expect(await print(config('equals', { value: 'b' }))).not.toBe(base);
    expect(await print(config('equals', { value: 'a' }, { not: true }))).not.toBe(base);
    const before = await print(config('module', { path: 'a.js' }));
    expect(before).toContain('/suite/a.js:one');
    content = 'two';
    expect(await print(config('module', { path: 'a.js' }))).not.toBe(before);
  });

  it('reports every checker that cannot work, with its place', async () => {
    const list = [config('regex', { pattern: '(' }), config('equals', {}), config('contains', { value: '' })];
    const problems = await problemsOf(() => compileCheckers(list, checkers, noPorts, digest));
    expect(problems.map(({ field }) => field)).toEqual(['checkers[0].pattern', 'checkers[2].value']);
  });

  it('reports a module file that cannot be read', async () => {
    const ports = {
      ...noPorts,
      fileDigest: () => {
        throw new Error('ENOENT');
      },
    };
    expect((await problemsOf(() => compileCheckers([config('module', { path: 'gone.js' })], checkers, ports, digest)))[0]).toMatchObject({
      field: 'checkers[0].path',
      message: expect.stringContaining('gone.js'),
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1.5, -1])('does not let the value %d through', async (value) => {
    const { registry, entry } = registryOf(() => ({ kind: 'scored', value, pass: true, reason: '' }));
    expect(await (await compileCheckers([entry], registry, noPorts, digest))[0]?.check(inputOf('x'))).toMatchObject({ kind: 'unscored' });
  });

  it('turns a crash inside a checker into an unscored score', async () => {
    const { registry, entry } = registryOf(() => {
      throw new RangeError('stack');
    });
    expect(await (await compileCheckers([entry], registry, noPorts, digest))[0]?.check(inputOf('x'))).toEqual({
      kind: 'unscored',
      reason: 'the checker failed: stack',
    });
  });
});

describe('compileSampleCheckers', () => {
  const compile = (entries: { type: string; [key: string]: unknown }[], taken: string[] = []) =>
    compileSampleCheckers(makeSample({ checkers: entries }), checkers, noPorts, digest, taken);

  it('names them apart from those of the suite and from each other', async () => {
    const entries = [
      { type: 'equals', value: 'a' },
      { type: 'equals', value: 'b' },
      { type: 'contains', value: 'c', name: 'mine' },
    ];
    expect((await compile(entries)).map(({ name }) => name)).toEqual(['equals-sample', 'equals-sample-2', 'mine']);
    expect((await compile(entries, ['mine'])).map(({ name }) => name)).toEqual(['equals-sample', 'equals-sample-2', 'mine-2']);
  });

  it('takes the common keys', async () => {
    const [first] = await compile([{ type: 'contains', value: 'no', not: true, weight: 3, required: false }]);
    expect(first).toMatchObject({ weight: 3, required: false });
    expect(await first?.check(inputOf('yes'))).toMatchObject({ pass: true });
  });

  it('reports every mistake with the file and line of the sample', async () => {
    const problems = await problemsOf(() =>
      compile([
        { type: 'contain', value: 'x' },
        { type: 'equals', valeu: 'x' },
        { type: 'regex', pattern: '(' },
        { type: 'equals', weight: -1 },
      ]),
    );
    expect(problems).toMatchObject([
      { file: 'samples.jsonl', line: 3, field: 'checkers[0].type', remedy: expect.stringContaining('"contains"') },
      { file: 'samples.jsonl', line: 3, field: 'checkers[1]', message: expect.stringContaining('valeu') },
      { file: 'samples.jsonl', line: 3, field: 'checkers[2].pattern' },
      { file: 'samples.jsonl', line: 3, field: 'checkers[3].weight' },
    ]);
  });

  it('refuses checkers that run code, because a dataset is data', async () => {
    expect((await problemsOf(() => compile([{ type: 'module', path: 'evil.js' }])))[0]).toMatchObject({
      message: expect.stringContaining('runs code'),
    });
  });
});
