import { describe, expect, it } from 'vitest';
import { stemWord } from '../../src/checkers/parts/porter.ts';
import { isLatin, latinWords, rouge as scoreRouge } from '../../src/checkers/parts/rouge.ts';
import { rouge } from '../../src/checkers/rouge.ts';
import { cpuMs } from '../helpers/cpu.ts';
import { check, checkOutput, makeTrajectory, readVector } from './build.ts';

describe('rouge, against rouge_score', () => {
  const latin = readVector<{
    id: string;
    input: { candidate: string; reference: string };
    expected: { candidate_tokens: string[]; reference_tokens: string[]; precision: number; recall: number; fmeasure: number };
  }>('adk-rouge1-latin');
  it.each(latin.cases)('scores $id', async ({ input, expected }) => {
    expect(latinWords(input.candidate)).toEqual(expected.candidate_tokens);
    expect(latinWords(input.reference)).toEqual(expected.reference_tokens);
    for (const [measure, value] of [
      ['f1', expected.fmeasure],
      ['precision', expected.precision],
      ['recall', expected.recall],
    ] as const) {
      const score = await checkOutput(rouge, { variant: 1, measure }, input.candidate, input.reference);
      expect(score).toMatchObject({ kind: 'scored', value: expect.closeTo(value, 5) });
    }
  });

  const others = readVector<{
    id: string;
    input: { candidate: string; reference: string };
    expected: { treated_as_latin: boolean; fmeasure_unicode_tokenizer: number };
  }>('adk-rouge1-nonlatin');
  it.each(others.cases)('scores $id by the words of its script', async ({ input, expected }) => {
    expect(isLatin(input.candidate) && isLatin(input.reference)).toBe(expected.treated_as_latin);
    const score = await checkOutput(rouge, {}, input.candidate, input.reference);
    expect(score).toMatchObject({ value: expect.closeTo(expected.fmeasure_unicode_tokenizer, 5) });
  });

  const stems = readVector<{ id: string; input: string; expected: string }>('rouge-porter-stemmer');
  it.each(stems.cases)('stems $input', ({ input, expected }) => {
    expect(latinWords(input)).toEqual([expected]);
  });

  it.each([
    ['constructor', 'constructor'],
    ['always', 'alway'],
    ['array', 'array'],
    ['flies', 'fli'],
    ['rationally', 'ration'],
    ['geologically', 'geolog'],
    ['hopefully', 'hope'],
    ['controlling', 'control'],
    ['agreed', 'agre'],
    ['sensibilities', 'sensibl'],
  ])('stems %s to %s', (word, stem) => {
    expect(stemWord(word)).toBe(stem);
  });
});

describe('rouge', () => {
  it('counts pairs of words for 2 and the longest common subsequence for L', () => {
    // Reference values by hand from the definitions of Lin (2004): "police killed the gunman" and its variants.
    expect(scoreRouge('police kill the gunman', 'police killed the gunman', 'L').f1).toBe(1);
    expect(scoreRouge('the gunman kill police', 'police killed the gunman', 'L').f1).toBe(0.5);
    expect(scoreRouge('police ended the gunman', 'police killed the gunman', '2').f1).toBeCloseTo(1 / 3);
    expect(scoreRouge('word', 'word', '2').f1).toBe(0);
  });

  it('averages over the turns that have expected values of their own, as ADK does', async () => {
    const turns = [{ input: 'a', expected: 'one two' }, { input: 'b' }, { input: 'c', expected: 'three four' }];
    const score = await check(rouge, { threshold: 0.7 }, { sample: { turns }, trajectory: makeTrajectory('one two', 'x', 'three five') });
    expect(score).toMatchObject({ value: 0.75, perTurn: [1, null, 0.5], pass: true, reason: expect.stringContaining('turn 3') });
  });

  it('passes at the threshold, which is 0.8 unless told', async () => {
    expect(await checkOutput(rouge, {}, 'a b c d', 'a b c d e f')).toMatchObject({ pass: true, value: expect.closeTo(0.8) });
    expect(await checkOutput(rouge, {}, 'a b c', 'a b c d e f')).toMatchObject({ pass: false });
  });

  it('says so when a text is too long for the exact subsequence, and gives a lower bound', async () => {
    const long = 'alpha beta '.repeat(10_000);
    const started = cpuMs();
    const score = await checkOutput(rouge, { variant: 'L' }, long, long);
    expect(score).toMatchObject({ value: expect.closeTo(0.2), pass: false, reason: expect.stringContaining('lower bound') });
    expect(cpuMs() - started).toBeLessThan(3_000);
  });

  it('is not stalled by one endless word', async () => {
    const started = cpuMs();
    await checkOutput(rouge, {}, 'y'.repeat(2_000_000), 'y');
    expect(cpuMs() - started).toBeLessThan(2_000);
  });
});
