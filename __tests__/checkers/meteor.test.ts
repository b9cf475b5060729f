import { describe, expect, it } from 'vitest';
import { meteor } from '../../src/checkers/meteor.ts';
import { commonCheckers } from '../../src/pipeline/common-kinds.ts';
import { cpuMs } from '../helpers/cpu.ts';
import { check, checkOutput, makeTrajectory, noPorts, readVector } from './build.ts';

interface Case {
  id: string;
  input: { candidate: string; references: string[] } & Record<'synonyms' | 'ignoreCase' | 'alpha' | 'beta' | 'gamma', unknown>;
  expected: number;
}

describe('meteor', () => {
  it.each(readVector<Case>('meteor-nltk').cases)('gives the value of NLTK for $id', async ({ input, expected }) => {
    const { candidate, references, ...options } = input;
    expect(await checkOutput(meteor, options, candidate, references)).toMatchObject({ kind: 'scored', value: expect.closeTo(expected, 9) });
  });

  it('takes the inflected forms of synonyms too', async () => {
    const synonyms = [['Buying', 'purchase']];
    expect(await checkOutput(meteor, { synonyms, gamma: 0 }, 'she purchased it', 'she buys it')).toMatchObject({ value: 1 });
    expect(await checkOutput(meteor, { gamma: 0 }, 'she purchased it', 'she buys it')).toMatchObject({ value: expect.closeTo(2 / 3) });
  });

  it('passes at the threshold, 0.5 unless told, which a single equal word reaches', async () => {
    expect(await checkOutput(meteor, {}, 'Paris', 'paris')).toMatchObject({ pass: true, reason: 'METEOR is 0.5, which reaches 0.5' });
    expect(await checkOutput(meteor, { threshold: 0.6 }, 'Paris', 'paris')).toMatchObject({
      pass: false,
      reason: 'METEOR is 0.5, which is below 0.6',
    });
    expect(await checkOutput(meteor, { ignoreCase: false }, 'Paris', 'paris')).toMatchObject({ value: 0, pass: false });
  });

  it('compares what the templates name, with the best of a list', async () => {
    const options = { actual: '{{finalState.note}}', reference: ['{{row.a}}', '{{row.b}}'], gamma: 0 };
    const trajectory = { ...makeTrajectory('nothing'), finalState: { note: 'the parcel is on its way' } };
    const sample = { row: { a: 'it was lost', b: 'the parcel is on its way' } };
    expect(await check(meteor, options, { sample, trajectory })).toMatchObject({ value: 1, pass: true });
  });

  it('is unscored without an expected text', async () => {
    expect(await checkOutput(meteor, {}, 'x')).toMatchObject({ kind: 'unscored' });
  });

  it('refuses synonyms that are no words or no groups, and weights out of range', () => {
    const refused = (options: Record<string, unknown>): string | undefined => meteor.options.safeParse(options).error?.issues[0]?.path.join('.');
    expect(refused({ synonyms: [['New York', 'NYC']] })).toBe('synonyms.0.0');
    expect(refused({ synonyms: [['car']] })).toBe('synonyms.0');
    expect(refused({ alpha: 1.1 })).toBe('alpha');
    expect(refused({ beta: -1 })).toBe('beta');
    expect(refused({ gamma: 2 })).toBe('gamma');
  });

  it('refuses a word in so many groups that every place of it would cost time', () => {
    const synonyms = Array.from({ length: 21 }, (_, index) => [['run', 'Runs', 'RUNNING'][index % 3], `word${index}`]);
    const create = () => meteor.create(meteor.options.parse({ synonyms }), noPorts);
    expect(create).toThrow(expect.objectContaining({ problems: [expect.objectContaining({ field: 'synonyms' })] }));
    expect(create).toThrow('"run" and its inflected forms stand in 21 groups');
  });

  it('is loaded by the suites that name it only', () => {
    expect(commonCheckers.has('meteor')).toBe(false);
  });
});

describe('meteor stays fast on', () => {
  const different = Array.from({ length: 100_000 }, (_, index) => (index * 7919).toString(36)).join(' ');
  const words = Array.from({ length: 50 }, (_, index) => `w${index}x`);
  const groups = Array.from({ length: 20 }, () => words);

  it.each([
    ['different words', different, different.split(' ').toReversed().join(' '), []],
    ['one word again and again', 'a '.repeat(500_000), 'a '.repeat(500_000), []],
    ['one word without an end', 'y'.repeat(2_000_000), 'ies'.repeat(600_000), []],
    ['marks alone', '.,'.repeat(500_000), '&quot;'.repeat(200_000), []],
    ['a word in every group of synonyms', 'w0x '.repeat(30_000), 'w1x '.repeat(30_000), groups],
    ['synonyms of all sorts', words.join(' ').repeat(600), words.toReversed().join(' ').repeat(600), groups],
  ])('%s', async (_, output, expected, synonyms) => {
    const started = cpuMs();
    expect(await checkOutput(meteor, { synonyms }, output, expected)).toMatchObject({ reason: expect.stringContaining('first 100000 characters') });
    expect(cpuMs() - started).toBeLessThan(5_000);
  });
});
