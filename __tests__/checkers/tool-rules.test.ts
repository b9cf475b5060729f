import { describe, expect, it } from 'vitest';
import { errorRecovery } from '../../src/checkers/error-recovery.ts';
import { loops } from '../../src/checkers/loops.ts';
import { toolBudget } from '../../src/checkers/tool-budget.ts';
import { toolOrder } from '../../src/checkers/tool-order.ts';
import { toolResultUsed } from '../../src/checkers/tool-result-used.ts';
import type { Json } from '../../src/records/json.ts';
import type { Step } from '../../src/records/trajectory.ts';
import { cpuMs } from '../helpers/cpu.ts';
import { check, makeTrajectory, withCalls } from './build.ts';

const names = (text: string) => withCalls(text.split(' ').map((name) => ({ name })));
const call = (name: string, more: Record<string, unknown> = {}): Step => ({ kind: 'toolCall', name, ...more });
const turn = (output: string, ...steps: Step[]) => ({ turns: [{ input: 'x', output, steps }] });

describe('tool-order', () => {
  const run = (rule: Record<string, unknown>, calls: string) => check(toolOrder, { rules: [rule] }, { trajectory: names(calls) });

  it.each([
    [{ tool: 'verify', before: 'refund' }, 'verify x refund', 1],
    [{ tool: 'verify', before: 'refund' }, 'refund verify', 0],
    [{ tool: 'verify', before: 'refund' }, 'verify refund refund', 1],
    [{ tool: 'verify', before: 'refund', counted: true }, 'verify refund refund', 0.5],
    [{ tool: 'verify', before: 'refund', counted: true }, 'verify verify refund refund', 1],
    [{ tool: 'log', after: 'refund' }, 'refund x log', 1],
    [{ tool: 'log', after: 'refund' }, 'log refund', 0],
    [{ tool: 'log', after: 'refund', counted: true }, 'refund refund log', 0.5],
    [{ tool: 'verify', immediatelyBefore: 'refund' }, 'verify refund', 1],
    [{ tool: 'verify', immediatelyBefore: 'refund' }, 'verify x refund', 0],
    [{ tool: 'log', immediatelyAfter: 'refund' }, 'refund log', 1],
    [{ tool: 'log', immediatelyAfter: 'refund' }, 'refund x log', 0],
    [{ tool: 'cancel', neverWith: 'refund' }, 'refund x', 1],
    [{ tool: 'cancel', neverWith: 'refund' }, 'cancel x refund', 0],
    [{ tool: 'get_*', before: 'set_*' }, 'get_a set_b', 1],
  ])('%j on "%s" gives %d', async (rule, calls, value) => {
    expect(await run(rule, calls)).toMatchObject({ kind: 'scored', value, pass: value === 1 });
  });

  it('compares arguments of the two calls', async () => {
    const rule = { tool: 'verify', before: 'refund', same: ['user', '/order/id'] };
    const args = (user: string, id: number) => ({ user, order: { id } });
    const made = (...calls: [string, Json][]) => withCalls(calls.map(([name, given]) => ({ name, args: given })));
    const score = (trajectory: ReturnType<typeof made>) => check(toolOrder, { rules: [rule] }, { trajectory });
    expect(await score(made(['verify', args('a', 1)], ['refund', args('a', 1)]))).toMatchObject({ pass: true });
    expect(await score(made(['verify', args('a', 2)], ['refund', args('a', 1)]))).toMatchObject({ pass: false });
    expect(await score(made(['verify', '{"user": "a", "order": {"id": 1}}'], ['refund', args('a', 1)]))).toMatchObject({ pass: true });
    expect(await score(made(['verify', 5], ['refund', args('a', 1)]))).toMatchObject({ pass: false });
  });

  it('does not count a call that failed', async () => {
    const trajectory = turn('done', call('verify', { isError: true }), call('refund'));
    expect(await check(toolOrder, { rules: [{ tool: 'verify', before: 'refund' }] }, { trajectory })).toMatchObject({ pass: false });
  });

  it('passes when no rule has anything to look at, or takes no part', async () => {
    const rules = [{ tool: 'verify', before: 'refund' }];
    expect(await check(toolOrder, { rules }, { trajectory: names('x') })).toMatchObject({
      pass: true,
      reason: expect.stringContaining('1 tool call'),
    });
    expect(await check(toolOrder, { rules, whenUnused: 'skip' }, { trajectory: names('x') })).toMatchObject({ isApplicable: false });
  });

  it('wants exactly one relation a rule', () => {
    for (const rule of [{ tool: 'a' }, { tool: 'a', before: 'b', after: 'c' }, { tool: '', before: 'b' }]) {
      expect(toolOrder.options.safeParse({ rules: [rule] }).success).toBe(false);
    }
  });

  it('stays fast on many calls', async () => {
    const trajectory = withCalls(Array.from({ length: 20_000 }, (_, index) => ({ name: index % 2 ? 'refund' : 'verify', args: { id: index >> 1 } })));
    const started = cpuMs();
    const rules = ['before', 'after', 'immediatelyBefore', 'neverWith'].map((key) => ({ tool: 'verify', [key]: 'refund', same: 'id' }));
    await check(toolOrder, { rules }, { trajectory });
    expect(cpuMs() - started).toBeLessThan(2_000);
  });
});

describe('tool-budget', () => {
  it('limits each tool, all together, and failures', async () => {
    const trajectory = turn('x', call('search'), call('search', { isError: true }), call('refund', { server: 'shop' }));
    const score = (options: Record<string, unknown>) => check(toolBudget, options, { trajectory });
    expect(await score({ tools: { search: { max: 2 }, shop__refund: { min: 1, max: 1 } }, total: { max: 3 }, failed: { max: 1 } })).toMatchObject({
      pass: true,
    });
    expect(await score({ tools: { search: { max: 1 } } })).toMatchObject({ pass: false, reason: 'number of calls of "search" was 2, more than 1' });
    expect(await score({ tools: { 's*': { max: 2 } } })).toMatchObject({ pass: false });
    expect(await score({ tools: { mail: { min: 1 } } })).toMatchObject({ pass: false });
    expect(await score({ total: { max: 2 } })).toMatchObject({ pass: false });
    expect(await score({ failed: { max: 0 } })).toMatchObject({ pass: false });
  });

  it('wants at least one limit that can hold', () => {
    for (const bad of [{}, { tools: {} }, { total: {} }, { total: { min: 2, max: 1 } }])
      expect(toolBudget.options.safeParse(bad).success).toBe(false);
  });
});

describe('loops', () => {
  const run = (calls: string, options = {}) => check(loops, options, { trajectory: names(calls) });

  it.each([
    ['a a b a a', true],
    ['a a a', false],
    ['a b a b', true],
    ['x a b a b a b y', false],
    ['a b c d a b c d a b c d', false],
    ['a b c d e a b c d e a b c d e', true],
  ])('"%s" is free of loops: %s', async (calls, pass) => {
    expect(await run(calls)).toMatchObject({ pass });
  });

  it('names the loop and how often it was gone through', async () => {
    expect(await run('x a b a b a b a')).toMatchObject({ reason: 'it made the calls "a, b" 3 times in a row' });
    expect(await run('a a a a')).toMatchObject({ reason: 'it made the call "a" 4 times in a row' });
  });

  it('takes calls with other arguments for other calls, unless told', async () => {
    const trajectory = withCalls([1, 2, 3].map((x) => ({ name: 'a', args: { x } })));
    expect(await check(loops, {}, { trajectory })).toMatchObject({ pass: true });
    expect(await check(loops, { args: 'ignore' }, { trajectory })).toMatchObject({ pass: false });
  });

  it('limits the same call in all when asked', async () => {
    expect(await run('a b a c a', { sameCall: 2 })).toMatchObject({ pass: false, reason: expect.stringContaining('3 times') });
    expect(await run('a b a c', { sameCall: 2 })).toMatchObject({ pass: true });
  });
});

describe('error-recovery', () => {
  const bad = { isError: true };
  const run = (output: string, steps: Step[], options = {}) => check(errorRecovery, options, { trajectory: turn(output, ...steps) });

  it('passes when each failed tool succeeded later', async () => {
    expect(await run('x', [call('a', bad), call('b'), call('a')])).toMatchObject({ pass: true, reason: '1 failure, made good' });
    expect(await run('x', [call('a', bad), call('b')])).toMatchObject({ pass: false, value: 0, reason: expect.stringContaining('"a"') });
    expect(await run('x', [call('a'), call('a', bad)])).toMatchObject({ pass: false });
    expect(await run('x', [call('a', bad), call('a'), call('b', bad)])).toMatchObject({ value: 0.5 });
  });

  it('may take another tool, or an answer, for recovery', async () => {
    expect(await run('x', [call('a', bad), call('b')], { by: 'any-tool' })).toMatchObject({ pass: true });
    expect(await run('sorry', [call('a', bad)], { by: 'any-tool' })).toMatchObject({ pass: false });
    expect(await run('sorry', [call('a', bad)], { by: 'answer' })).toMatchObject({ pass: true });
    expect(await run(' ', [call('a', bad)], { by: 'answer' })).toMatchObject({ pass: false });
  });

  it('reads failures from results when agents do not mark them', async () => {
    const steps = [call('a', { result: { error: 'no such order' } })];
    expect(await run('x', steps)).toMatchObject({ pass: true });
    expect(await run('x', steps, { errorPattern: '^\\{"error"' })).toMatchObject({ pass: false });
  });

  it('knows errors that belong to no tool, and trajectories without any', async () => {
    expect(await run('', [{ kind: 'error', message: 'model overloaded' }])).toMatchObject({
      pass: false,
      reason: expect.stringContaining('overloaded'),
    });
    expect(await run('fine', [{ kind: 'error', message: 'x' }])).toMatchObject({ pass: true });
    expect(await run('fine', [call('a')])).toMatchObject({ pass: true, reason: 'nothing failed' });
    expect(await run('fine', [], { whenNone: 'skip' })).toMatchObject({ isApplicable: false });
  });
});

describe('tool-result-used', () => {
  const run = (output: string, results: Json[], options = {}) =>
    check(toolResultUsed, options, { trajectory: turn(output, ...results.map((result) => call('get', { result }))) });

  it('finds numbers and texts whatever their form', async () => {
    expect(await run('It comes to 1,234.50 €.', [{ total: 1234.5 }])).toMatchObject({ pass: true });
    expect(await run('Your parcel is IN  TRANSIT.', [{ status: 'In transit', n: 1 }])).toMatchObject({ pass: true });
    expect(await run('Order A-17 is here', ['{"id": "a-17"}'])).toMatchObject({ pass: true });
    expect(await run('order 123', [{ id: '12x', n: 12 }])).toMatchObject({ pass: false });
    expect(await run('you said 72 degrees', [{ content: [{ type: 'text', text: '{"degrees": 72}' }] }])).toMatchObject({ pass: true });
    expect(await run('this is text', [{ content: [{ type: 'text', text: '{"degrees": 72}' }] }])).toMatchObject({ pass: false });
  });

  it('takes one value of each result, or every value of the paths', async () => {
    const results: Json[] = [{ a: 'alpha', b: 'beta' }, { a: 'gamma' }];
    expect(await run('alpha', results)).toMatchObject({ value: 0.5, pass: false, reason: expect.stringContaining('1 of 2 results') });
    expect(await run('alpha and gamma', results, { paths: ['/a', 'b'] })).toMatchObject({ value: 2 / 3, reason: expect.stringContaining('"beta"') });
    expect(await run('alpha', results, { threshold: 0.5 })).toMatchObject({ pass: true });
  });

  it('rounds when asked', async () => {
    expect(await run('about 3.25', [{ x: 3.2461 }], { decimals: 2 })).toMatchObject({ pass: true });
    expect(await run('about 3.25', [{ x: 3.2461 }])).toMatchObject({ pass: false });
  });

  it('looks only at the named tools, and not at answers before the call', async () => {
    const steps = [call('a', { result: 'alpha' }), call('b', { result: 'beta' })];
    expect(await check(toolResultUsed, { tools: ['a'] }, { trajectory: turn('alpha', ...steps) })).toMatchObject({ pass: true });
    expect(await check(toolResultUsed, { tools: ['c'] }, { trajectory: turn('alpha', ...steps) })).toMatchObject({ isApplicable: false });
    const later = { turns: [{ input: 'x', output: 'alpha', steps: [] }, ...turn('nothing', call('a', { result: 'alpha' })).turns] };
    expect(await check(toolResultUsed, {}, { trajectory: later })).toMatchObject({ pass: false });
  });

  it('is unscored without results', async () => {
    expect(await check(toolResultUsed, {}, { trajectory: turn('x', call('a')) })).toMatchObject({
      kind: 'unscored',
      reason: expect.stringContaining('report'),
    });
    expect(await check(toolResultUsed, {}, { trajectory: turn('x', call('a', { result: true })) })).toMatchObject({ kind: 'unscored' });
    expect(await check(toolResultUsed, {}, { trajectory: makeTrajectory() })).toMatchObject({ kind: 'unscored' });
  });
});
