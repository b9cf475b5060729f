import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ToolError } from '../../src/errors.ts';
import { compareRuns } from '../../src/pipeline/compare-runs.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const ids = ['s1', 's2', 's3', 's4', 's5', 's6'];
let project: Project;
beforeAll(async () => {
  project = makeProject({
    'samples.jsonl': ids.map((id) => ({ id, input: `q ${id}`, expected: 'yes' })),
    'recorded.jsonl': ids.map((id) => ({ id, output: 'yes' })),
    'agent-regress.json': config(),
    'checker.mjs': checker('1'),
  });
  for (const name of ['base', 'head']) await run('run', '-o', name, '-q', '-b', 'none');
});
afterAll(() => project.remove());

const run = (...args: string[]) => runCli(args, { cwd: project.folder });
const checker = (value: string) => `export default () => ({ value: ${value}, pass: true, reason: 'forged' });`;
function config(changes: Record<string, unknown> = {}) {
  return {
    suite: 'bot',
    samples: 'samples.jsonl',
    agent: { type: 'replay', path: 'recorded.jsonl' },
    repeats: 2,
    checkers: [{ type: 'contains', value: '{{expected}}' }],
    ...changes,
  };
}

type Line = Record<string, unknown>;

/** What compare says of two runs, one of which lacks the lines of which `isGone` says so. */
async function without(side: 'base' | 'head', isGone: (line: Line) => boolean): Promise<string> {
  const lines = readFileSync(join(project.folder, side, 'run.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean);
  const kept = lines.filter((line) => !isGone(JSON.parse(line) as Line));
  expect(kept.length).toBeLessThan(lines.length);
  project.write('cut/run.jsonl', kept.map((line) => `${line}\n`).join(''));
  const [base, head] = side === 'base' ? ['cut', 'head'] : ['base', 'cut'];
  const at = (name: string) => join(project.folder, name);
  try {
    const { exitCode, assessment } = await compareRuns({ base: [at(base)], head: at(head), outputDir: at('out'), onEvent: () => {} });
    return exitCode === 0 ? 'green' : JSON.stringify([assessment.verdict.reasons, assessment.outcomes, assessment.samples, assessment.baseline]);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return [error.message, ...error.problems.map(({ message }) => message)].join('\n');
  }
}

describe('a part that is missing', { timeout: 120_000 }, () => {
  const parts = ids.flatMap((id) => [
    { what: `the sample ${id}`, isGone: ({ sample }: Line) => sample === id },
    ...[1, 2].flatMap((epoch) => [
      { what: `the slot ${id}, ${epoch}`, isGone: ({ sample, epoch: of }: Line) => sample === id && of === epoch },
      { what: `the outcome of ${id}, ${epoch}`, isGone: ({ type, sample, epoch: of }: Line) => type === 'done' && sample === id && of === epoch },
      { what: `the score of ${id}, ${epoch}`, isGone: ({ type, sample, epoch: of }: Line) => type === 'score' && sample === id && of === epoch },
      { what: `the answer to ${id}, ${epoch}`, isGone: ({ type, sample, epoch: of }: Line) => type === 'response' && sample === id && of === epoch },
    ]),
  ]);

  test.each(['head', 'base'] as const)('T32 of the %s is never green, whichever slot, sample, answer or score it is, and is told', async (side) => {
    const green: string[] = [];
    for (const { what, isGone } of parts) {
      const told = await without(side, isGone);
      if (told === 'green' || !/missing|lacks|holds|no score|no answer|does not list|not done|incomplete|of 12/.test(told))
        green.push(`${what}: ${told.slice(0, 300)}`);
    }
    expect(green).toEqual([]);
    expect(await without(side, ({ type }) => type === 'end')).toMatch(/no end|incomplete/);
  });

  test('T32 an empty dataset, nothing but errors, a required baseline that is not there and a missing shard are never green', async () => {
    for (const index of [1, 2]) await run('run', '-o', `part-${index}`, '--shard', `${index}/2`, '-q');
    const merged = await run('merge', 'part-1', '-o', 'merged', '-b', 'none');
    expect([merged.code, merged.stderr]).toEqual([3, expect.stringMatching(/shard 2 of 2 is missing/)]);
    expect((await run('run', '-o', 'none', '-q', '-b', 'none', '--fail-on', 'no-baseline')).code).toBe(1);
    project.write(
      'recorded.jsonl',
      ids.map((id) => ({ id, error: { kind: 'timeout', message: 'slow' } })),
    );
    expect((await run('run', '-o', 'errors', '-q', '-b', 'base')).code).toBe(3);
    project.write(
      'recorded.jsonl',
      ids.map((id) => ({ id, output: 'yes' })),
    );
    writeFileSync(join(project.folder, 'samples.jsonl'), '\n');
    expect((await run('run', '-o', 'empty', '-q', '-b', 'base')).code).toBe(2);
    project.write(
      'samples.jsonl',
      ids.map((id) => ({ id, input: `q ${id}`, expected: 'yes' })),
    );
  });
});

describe('a forged score', { timeout: 120_000 }, () => {
  test('T31 of a checker, NaN, infinite, -0, huge or below 0, is no score; nor is one in a baseline', async () => {
    const own = config({ checkers: [{ type: 'module', path: 'checker.mjs' }], repeats: 1 });
    project.write('agent-regress.json', own);
    for (const value of ['NaN', 'Infinity', '1e308', '-1', "'1'"]) {
      project.write('checker.mjs', checker(value));
      const { code } = await run('run', '-o', 'forged', '-q', '-b', 'none');
      expect([value, code, project.assessment('forged').outcomes.pass]).toEqual([value, 3, 0]);
    }
    project.write('agent-regress.json', config());
    const log = readFileSync(join(project.folder, 'base', 'run.jsonl'), 'utf8').replace(',"checksums":"crc32"', '');
    for (const value of ['1e999', '-1', '1e308', '"1"', 'null']) {
      project.write('cut/run.jsonl', log.replace('"kind":"scored","value":1', `"kind":"scored","value":${value}`));
      const { code, stderr } = await run('compare', 'cut', 'head', '-o', 'out', '-q');
      expect([value, code], stderr).toEqual([value, 2]);
      expect(stderr).toMatch(/run\.jsonl, line \d+/);
    }
  });
});
