import { describe, expect, it } from 'vitest';
import type { CheckerDefinition } from '../../src/checkers/checker.ts';
import { contains } from '../../src/checkers/contains.ts';
import { equals } from '../../src/checkers/equals.ts';
import { number } from '../../src/checkers/number.ts';
import { regex } from '../../src/checkers/regex.ts';
import { similarity } from '../../src/checkers/similarity.ts';
import { ToolError } from '../../src/errors.ts';
import { cpuMs } from '../helpers/cpu.ts';
import { check, checkOutput, makeTrajectory, noPorts } from './build.ts';

function create(definition: CheckerDefinition, options: Record<string, unknown>): () => unknown {
  return () => definition.create(definition.options.parse(options), noPorts);
}

describe('equals', () => {
  it.each([
    ['yes', 'yes', {}, true],
    [' yes\n', 'yes', {}, true],
    [' yes\n', 'yes', { trim: false }, false],
    ['YES', 'yes', {}, false],
    ['YES', 'yes', { ignoreCase: true }, true],
    ['{"b": [1, 2], "a": null}', { a: null, b: [1, 2] }, {}, true],
    ['{"b": [2, 1], "a": null}', { a: null, b: [1, 2] }, {}, false],
    ['4.0', 4, {}, true],
    ['four', 4, {}, false],
    ['true', true, {}, true],
    ['{"a":1}', '{ "a": 1 }', {}, false],
    ['{"a":1}', '{ "a": 1 }', { json: true }, true],
    ['4.0', 4, { json: false }, false],
    ['', '', {}, true],
  ])('compares %j with %j (%j): %s', async (output, expected, options, pass) => {
    expect(await checkOutput(equals, options, output, expected)).toMatchObject({ kind: 'scored', pass, value: pass ? 1 : 0 });
  });

  it('quotes what was expected and what came, cut and on one line', async () => {
    const score = await checkOutput(equals, {}, `no\u001b[31m\n${'x'.repeat(10_000)}`, 'yes');
    expect(score.reason).toMatch(/^expected "yes", got "no \[31m x+…"$/);
    expect(score.reason.length).toBeLessThan(160);
  });

  it('is unscored, and says what is missing, when the sample has no expected value or a null', async () => {
    expect(await checkOutput(equals, {}, '')).toMatchObject({ kind: 'unscored', reason: expect.stringContaining('"expected"') });
    const sample = { expected: null, turns: [] };
    expect(await check(equals, {}, { sample, trajectory: makeTrajectory('null') })).toMatchObject({ kind: 'unscored' });
    const row = { row: { answer: null } };
    const score = await check(equals, { value: '{{row.answer}}' }, { sample: row, trajectory: makeTrajectory('null') });
    expect(score).toMatchObject({ kind: 'unscored', reason: 'row.answer of this sample is null' });
    expect(await checkOutput(equals, { value: '{{row.answer}}' }, 'x')).toMatchObject({
      kind: 'unscored',
      reason: expect.stringContaining('row.answer'),
    });
  });

  it('compares every turn that has an expected value of its own', async () => {
    const sample = {
      turns: [
        { input: 'a', expected: 'one' },
        { input: 'b', expected: 'two' },
      ],
    };
    expect(await check(equals, {}, { sample, trajectory: makeTrajectory('one', 'two') })).toMatchObject({ pass: true, perTurn: [1, 1] });
    expect(await check(equals, {}, { sample, trajectory: makeTrajectory('one') })).toMatchObject({ pass: false, perTurn: [1, 0] });
  });

  it('looks at what "actual" names', async () => {
    const trajectory = { ...makeTrajectory('done'), finalState: { order: { status: 'cancelled' } } };
    expect(await check(equals, { actual: '{{finalState.order.status}}', value: 'cancelled' }, { trajectory })).toMatchObject({ pass: true });
  });
});

describe('contains', () => {
  it.each([
    [{ value: 'refund' }, true, 1],
    [{ value: 'REFUND' }, false, 0],
    [{ value: 'REFUND', ignoreCase: true }, true, 1],
    [{ any: ['nothing', 'refund'] }, true, 1],
    [{ value: { any: ['nothing', 'none'] } }, false, 0],
    [{ all: ['Your', 'refund'] }, true, 1],
    [{ value: { all: ['refund', 'tomorrow'] } }, false, 0.5],
    [{ value: ['Your', 'way'] }, true, 1],
    [{ all: ['refund'], any: ['a', 'b', 'zzz'] }, true, 1],
    [{}, true, 1],
    [{ value: '{{expected}} is on' }, true, 1],
  ])('%j gives %s, %d', async (options, pass, value) => {
    expect(await checkOutput(contains, options, 'Your refund is on its way', 'refund')).toMatchObject({ pass, value });
  });

  it('wants all of a list of expected texts', async () => {
    expect(await checkOutput(contains, {}, 'a and b', ['a', 'b'])).toMatchObject({ pass: true });
    expect(await checkOutput(contains, { any: '{{expected}}' }, 'only b', ['a', 'b'])).toMatchObject({ pass: true });
  });

  it('never passes because the text to look for is empty', async () => {
    expect(await checkOutput(contains, {}, 'x', '')).toMatchObject({ kind: 'unscored' });
    expect(await checkOutput(contains, {}, 'x', [])).toMatchObject({ kind: 'unscored' });
    expect(create(contains, { value: '' })).toThrow(ToolError);
    expect(create(contains, { any: [] })).toThrow(ToolError);
  });
});

describe('regex', () => {
  it('finds a pattern anywhere, with flags', async () => {
    expect(await checkOutput(regex, { pattern: 'ORDER #\\d+', flags: 'i' }, 'your order #123 is')).toMatchObject({
      pass: true,
      reason: expect.stringContaining('"order #123"'),
    });
    expect(await checkOutput(regex, { pattern: '^order$' }, 'an order')).toMatchObject({ pass: false });
    expect(await checkOutput(regex, { pattern: '^b$', flags: 'm' }, 'a\nb')).toMatchObject({ pass: true });
  });

  it.each(['(?=a)', '(?<!a)b', '(a)\\1', '(', 'a{2000}'])('refuses %s with what to do instead', async (pattern) => {
    const error = await Promise.resolve(regex.create({ pattern, flags: '' }, noPorts)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ToolError);
    expect((error as ToolError).problems[0]).toMatchObject({ field: 'pattern', remedy: expect.any(String) });
  });

  it('needs time in proportion to the text for patterns that stall a backtracking engine', async () => {
    const started = cpuMs();
    for (const pattern of ['(a+)+$', '(a|aa)+$', '(.*a){20}$', '^(([a-z])+.)+[A-Z]([a-z])+$', '(x+x+)+y']) {
      await checkOutput(regex, { pattern }, `${'a'.repeat(50_000)}!`);
    }
    expect(cpuMs() - started).toBeLessThan(5_000);
  });
});

describe('number', () => {
  it.each([
    ['The total is 1,234.50 USD', 1234.5, {}, true],
    ['first 3 then 4', 4, {}, true],
    ['first 3 then 4', 3, { pick: 'first' }, true],
    ['first 3 then 4', 4, { pick: 'only' }, false],
    ['exactly 4.', 4, { pick: 'only' }, true],
    ['3.14159', '3.14', { absolute: 0.01 }, true],
    ['3.2', 3.14, { absolute: 0.01 }, false],
    ['101', 100, { relative: 0.01 }, true],
    ['-5 °C', -5, {}, true],
    ['\u22125', -5, {}, true],
    ['10-5', 5, {}, true],
    ['12 %', '12%', {}, true],
    ['12%', 12, {}, true],
    ['12%', 0.12, {}, true],
    ['0.12', '12 %', {}, true],
    ['12%', 0.13, {}, false],
    ['1.5e3', 1500, {}, true],
    ['结果是13', 13, {}, true],
    ['model A7 says .5', 0.5, { pick: 'only' }, true],
    ['no number', 1, {}, false],
    ['1e999', 1, {}, false],
    ['1,2345', 2345, {}, true],
    ['10,20,30', 30, {}, true],
    ['version 1.2.3', 1.2, { pick: 'only' }, true],
    ['1e99999', 1, {}, false],
  ])('reads %j against %j with %j: %s', async (output, expected, options, pass) => {
    expect(await checkOutput(number, options, output, expected)).toMatchObject({ kind: 'scored', pass });
  });

  it('is unscored when the expected value is not one number', async () => {
    expect(await checkOutput(number, {}, '1', 'several')).toMatchObject({ kind: 'unscored' });
    expect(await checkOutput(number, {}, '1', '1 or 2')).toMatchObject({ kind: 'unscored' });
  });

  it('is not stalled by endless digits', async () => {
    const started = cpuMs();
    for (const text of [
      '1'.repeat(300_000),
      '1,'.repeat(300_000),
      '1,111'.repeat(100_000),
      '-'.repeat(300_000),
      '1.'.repeat(300_000),
      `1${' '.repeat(300_000)}`,
    ]) {
      await checkOutput(number, {}, text, 1);
    }
    expect(cpuMs() - started).toBeLessThan(3_000);
  });
});

describe('similarity', () => {
  it('is one minus the edits over the longer length', async () => {
    expect(await checkOutput(similarity, {}, 'kitten', 'sitting')).toMatchObject({ value: expect.closeTo(1 - 3 / 7), pass: false });
    expect(await checkOutput(similarity, { threshold: 0.5 }, 'kitten', 'sitting')).toMatchObject({ pass: true });
    expect(await checkOutput(similarity, { ignoreCase: true }, 'ABC', 'abc')).toMatchObject({ value: 1 });
    expect(await checkOutput(similarity, {}, '', '')).toMatchObject({ value: 1 });
  });

  it('counts shared words for token-f1', async () => {
    expect(await checkOutput(similarity, { method: 'token-f1' }, 'The cat sat', 'the cat')).toMatchObject({ value: expect.closeTo(0.8) });
    expect(await checkOutput(similarity, { method: 'token-f1' }, '!', '?')).toMatchObject({ value: 0 });
  });

  it('compares words, and says so, when a text is too long for edits', async () => {
    const long = 'word '.repeat(100_000);
    expect(await checkOutput(similarity, {}, long, `${long}x`)).toMatchObject({ pass: true, reason: expect.stringContaining('too long') });
  });
});
