import { describe, expect, it } from 'vitest';
import type { CheckerConfig } from '../../src/checkers/checker.ts';
import { compileCheckers, compileSampleCheckers } from '../../src/checkers/compile.ts';
import { checkers } from '../../src/checkers/registry.ts';
import { ToolError } from '../../src/errors.ts';
import { parse } from '../config/small-registries.ts';
import { makeSample, noPorts } from './build.ts';

const registries = {
  agents: (await import('../../src/agents/registry.ts')).agents,
  resultFormats: (await import('../../src/importers/registry.ts')).resultFormats,
  checkers,
  datasetTypes: ['jsonl'],
};
const digest = (text: string) => text;

const config = (type: string, options: Record<string, unknown>): CheckerConfig => ({
  type,
  name: type,
  required: true,
  weight: 1,
  not: false,
  options: checkers.get(type).options.parse(options),
});
const compileOne = async (entry: CheckerConfig, ports = noPorts) => (await compileCheckers([entry], checkers, ports, digest))[0];
const problemsOf = async (run: Promise<unknown>) => {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ToolError)) throw new Error('expected a ToolError');
  return error.problems;
};
const deep = (levels: number): Record<string, unknown> =>
  levels === 0 ? { type: 'cost', maxUsd: 1 } : { type: 'all', checkers: [deep(levels - 1)] };

const levels = (count: number) => config('all', { checkers: [deep(count - 1)] });

describe('checkers inside checkers', () => {
  it('decide about the fingerprint by what they check and weigh, not by their names', async () => {
    const print = async (part: Record<string, unknown>) => (await compileOne(config('all', { checkers: [part] })))?.fingerprint;
    const base = await print({ type: 'contains', value: 'a' });
    expect(await print({ value: 'a', type: 'contains', name: 'other', ignoreCase: false })).toBe(base);
    expect(await print({ type: 'contains', value: 'b' })).not.toBe(base);
    expect(await print({ type: 'contains', value: 'a', not: true })).not.toBe(base);
    expect(await print({ type: 'contains', value: 'a', weight: 2 })).not.toBe(base);
    const ports = (content: string) => ({ ...noPorts, fileDigest: () => content });
    const module = config('per-turn', { checker: { type: 'module', path: 'a.js' } });
    expect((await compileOne(module, ports('one')))?.fingerprint).not.toBe((await compileOne(module, ports('two')))?.fingerprint);
  });

  it('make the whole impure when one of them is', async () => {
    expect(await compileOne(config('any', { checkers: [{ type: 'cost', maxUsd: 1 }] }))).toMatchObject({ isPure: true });
    expect(await compileOne(config('any', { checkers: [{ type: 'all', checkers: [{ type: 'judge', rubric: 'Short.' }] }] }))).toMatchObject({
      isPure: false,
    });
  });

  it('are refused in a sample when they run code or cost money, however deep', async () => {
    for (const part of [
      { type: 'module', path: 'a.js' },
      { type: 'judge', rubric: 'x' },
    ]) {
      const sample = makeSample({ checkers: [{ type: 'all', checkers: [{ type: 'any', checkers: [part] }] }] });
      const problems = await problemsOf(compileSampleCheckers(sample, checkers, noPorts, digest));
      expect(problems).toMatchObject([{ field: 'checkers[0].checkers[0].checkers[0].type', file: 'samples.jsonl', line: 3 }]);
    }
  });

  it('name every problem by its place', async () => {
    const bad = config('all', {
      checkers: [{ type: 'regex', pattern: '(' }, { type: 'contans' }, { type: 'cost' }, {}, { type: 'cost', maxUsd: 1, required: true }],
    });
    const fields = (await problemsOf(compileOne(bad))).map(({ field }) => field);
    expect(fields).toEqual(['pattern', 'type', 'maxUsd', 'type', 'required'].map((field, index) => `checkers[0].checkers[${index}].${field}`));
  });

  it('may be eight levels deep and no deeper', async () => {
    await expect(compileOne(levels(8))).resolves.toBeDefined();
    expect(await problemsOf(compileOne(levels(9)))).toMatchObject([{ message: expect.stringContaining('8 levels') }]);
    const sample = makeSample({ checkers: [deep(2000) as { type: string }] });
    expect(await problemsOf(compileSampleCheckers(sample, checkers, noPorts, digest))).toHaveLength(1);
  });
});

describe('checkers inside checkers of a config file', () => {
  const text = (entries: string) => `samples: a.jsonl\nagent: {type: replay, path: r}\ncheckers:\n${entries}`;
  const problems = async (entries: string) =>
    (await parse(text(entries), { registries })).problems.map(({ line, field, message }) => `${line} ${field}: ${message}`);

  it('are validated where they stand', async () => {
    expect(
      await problems('  - type: all\n    checkers:\n      - {type: contains, valeu: x}\n      - {type: contans, value: x}\n      - {value: x}\n'),
    ).toEqual([
      '6 checkers[0].checkers[0].valeu: unknown key "valeu"',
      '7 checkers[0].checkers[1].type: unknown checker "contans"',
      '8 checkers[0].checkers[2].type: "type" is missing',
    ]);
    expect(await problems('  - type: per-turn\n    checker: {type: latency, maxMs: x}\n')).toEqual([
      expect.stringMatching(/^5 checkers\[0\]\.checker\.maxMs: /),
    ]);
    expect(await problems('  - {type: any, checkers: [{type: cost, maxUsd: 1, required: false}]}\n')).toEqual([
      expect.stringMatching(/checkers\[0\]\.checkers\[0\]\.required: "required" says nothing/),
    ]);
    expect(await problems('  - {type: any, checkers: [5]}\n')).toEqual([expect.stringMatching(/checkers\[0\]\.checkers\[0\]: expected a mapping/)]);
  });

  it('need judge settings when one of them asks', async () => {
    expect(await problems('  - {type: any, checkers: [{type: all, checkers: [{type: judge, rubric: x}]}]}\n')).toEqual([
      expect.stringMatching(/judge\.model: the checker "any" asks a judge model/),
    ]);
  });

  it('work when they are sound', async () => {
    expect(await problems('  - {type: any, checkers: [{type: contains, value: x, not: true, weight: 2, name: n}]}\n')).toEqual([]);
  });
});
