import { describe, expect, it } from 'vitest';
import { bleu } from '../../src/checkers/bleu.ts';
import { chrf } from '../../src/checkers/chrf.ts';
import { bleu as scoreBleu, gleu as scoreGleu } from '../../src/checkers/parts/bleu.ts';
import { chrf as scoreChrf } from '../../src/checkers/parts/chrf.ts';
import { cpuMs } from '../helpers/cpu.ts';
import { checkOutput, readVector } from './build.ts';

interface Case {
  id: string;
  input: { candidate: string; references: string[]; lowercase: boolean; words: 0 | 1 | 2 };
  expected: number;
}
const texts = ({ candidate, references, lowercase }: Case['input']): [string, string[]] =>
  lowercase ? [candidate.toLowerCase(), references.map((text) => text.toLowerCase())] : [candidate, references];

describe('the measures', () => {
  it.each(readVector<Case>('sacrebleu-bleu').cases)('give the BLEU of sacrebleu for $id', ({ input, expected }) => {
    expect(scoreBleu(...texts(input))).toBeCloseTo(expected, 9);
  });

  it.each(readVector<Case>('sacrebleu-chrf').cases)('give the chrF of sacrebleu for $id', ({ input, expected }) => {
    expect(scoreChrf(...texts(input), input)).toBeCloseTo(expected, 9);
  });

  it.each(readVector<Case>('nltk-gleu').cases)('give the GLEU of NLTK for $id', ({ input, expected }) => {
    expect(scoreGleu(...texts(input))).toBeCloseTo(expected, 9);
  });
});

describe('bleu and chrf', () => {
  it('compare with the expected text, or with the best of several', async () => {
    expect(await checkOutput(bleu, {}, 'the cat sat on the mat', 'the cat sat on the mat')).toMatchObject({ value: 1, pass: true });
    expect(await checkOutput(bleu, { threshold: 0.9 }, 'the cat sat on the mat', 'the cat is on a mat')).toMatchObject({
      pass: false,
      reason: expect.stringMatching(/^BLEU is 0\.\d+, which is below 0.9$/),
    });
    expect(await checkOutput(chrf, {}, 'guten Tag', ['hello', 'Guten Tag'])).toMatchObject({ pass: true });
    expect(await checkOutput(bleu, { variant: 'gleu', ignoreCase: true }, 'guten Tag', ['hello', 'Guten TAG'])).toMatchObject({ value: 1 });
  });

  it('are unscored without an expected text', async () => {
    for (const checker of [bleu, chrf]) expect(await checkOutput(checker, {}, 'x')).toMatchObject({ kind: 'unscored' });
  });

  it('stay fast on a text whose pairs all fall into few slots of the hash that others use', () => {
    const slots = 2 ** 16;
    const hash = (a: number, b: number) => {
      const mixed = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 0;
      return (mixed ^ (mixed >>> 15)) & (slots - 1);
    };
    // The number of a character is that of its first place.
    const [first, count] = [0x4e00, 0x8900];
    const numbers = new Int32Array(count).fill(-1);
    const used = new Set<number>();
    const codes: number[] = [];
    let [known, last] = [0, 0];
    for (let next = 0; codes.length < 30_000; ) {
      codes.push(first + next);
      if (numbers[next] === -1) numbers[next] = known++;
      last = numbers[next] ?? 0;
      next = (codes.length * 7919) % count;
      for (let tries = 0; tries < count; tries++, next = (next + 1) % count) {
        const pair = last * count + next;
        if (hash(last, first + next) >= 256 || used.has(pair)) continue;
        used.add(pair);
        break;
      }
    }
    const text = codes.map((code) => String.fromCharCode(code)).join('');
    const started = cpuMs();
    expect(scoreChrf(text, ['the answer is 42'], { words: 0 })).toBe(0);
    expect(cpuMs() - started).toBeLessThan(500);
  });

  it('stay fast on a long text of different words', async () => {
    const long = Array.from({ length: 100_000 }, (_, index) => (index * 7919).toString(36)).join(' ');
    const started = cpuMs();
    await checkOutput(bleu, {}, long, 'short');
    expect(await checkOutput(chrf, {}, long, 'short')).toMatchObject({ reason: expect.stringContaining('first 100000 characters') });
    expect(cpuMs() - started).toBeLessThan(5_000);
  });
});
