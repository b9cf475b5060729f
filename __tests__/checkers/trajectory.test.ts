import { describe, expect, it } from 'vitest';
import { trajectory } from '../../src/checkers/trajectory.ts';
import type { Json } from '../../src/records/json.ts';
import { cpuMs } from '../helpers/cpu.ts';
import { check, makeTrajectory, readVector, turnsWithCalls, withCalls } from './build.ts';

type Call = { name: string; args?: Json };
const matchOf: Record<string, string> = { EXACT: 'exact', IN_ORDER: 'in-order', ANY_ORDER: 'any-order' };

describe('trajectory, against ADK', () => {
  const matches = readVector<{
    id: string;
    input: { match_type: string; ignore_args: boolean; actual: Call[]; expected: Call[] };
    expected: { score: number };
  }>('adk-trajectory-match');
  it.each(matches.cases)('scores $id as ADK does', async ({ input, expected }) => {
    const score = await check(
      trajectory,
      { match: matchOf[input.match_type], ...(input.ignore_args ? { args: 'ignore' } : {}) },
      { sample: { turns: turnsWithCalls(input.expected) }, trajectory: withCalls(input.actual) },
    );
    expect(score).toMatchObject({ kind: 'scored', value: expected.score, pass: expected.score === 1 });
  });

  const averages = readVector<{
    id: string;
    input: { match_type: string; threshold: number; invocations: { actual: Call[]; expected: Call[] }[] };
    expected: { per_invocation: number[]; overall_score: number | null; overall_status: string };
  }>('adk-trajectory-average');
  it.each(averages.cases)('averages $id as ADK does', async ({ input, expected }) => {
    const score = await check(
      trajectory,
      { match: matchOf[input.match_type], threshold: input.threshold },
      {
        sample: { turns: turnsWithCalls(...input.invocations.map((one) => one.expected)) },
        trajectory: withCalls(...input.invocations.map((one) => one.actual)),
      },
    );
    if (expected.overall_score === null) expect(score.kind).toBe('unscored');
    else expect(score).toMatchObject({ value: expected.overall_score, perTurn: expected.per_invocation, pass: expected.overall_status === 'PASSED' });
  });

  const measures = readVector<{
    id: string;
    input: { actual: string[]; expected: string[]; single_tool: string };
    expected: Record<string, number | null>;
  }>('trajectory-six-measures');
  const measureOf: Record<string, string> = {
    exact_match: 'exact',
    in_order_match: 'in-order',
    any_order_match: 'any-order',
    precision: 'precision',
    recall: 'recall',
    single_tool_use: 'single-tool',
  };
  it.each(measures.cases)('gives the six measures of $id', async ({ input, expected }) => {
    for (const [measure, value] of Object.entries(expected)) {
      const score = await check(
        trajectory,
        { match: measureOf[measure], tool: input.single_tool },
        {
          sample: { turns: turnsWithCalls(input.expected.map((name) => ({ name, args: {} }))) },
          trajectory: withCalls(input.actual.map((name) => ({ name, args: {} }))),
        },
      );
      if (value === null) expect(score, measure).toMatchObject({ kind: 'unscored' });
      else expect(score, measure).toMatchObject({ kind: 'scored', value });
    }
  });
});

describe('trajectory', () => {
  const one = (expected: Call[], actual: (Call & { server?: string })[], options: Record<string, unknown> = {}) =>
    check(trajectory, options, { sample: { turns: turnsWithCalls(expected) }, trajectory: withCalls(actual) });

  it('names the call that is missing and what was done instead', async () => {
    const score = await one([{ name: 'lookup_order', args: { id: 7 } }], [{ name: 'refund' }], { match: 'in-order' });
    expect(score).toMatchObject({ pass: false, reason: expect.stringMatching(/"lookup_order".*missing.*"refund"/) });
  });

  it('takes a call by its plain name or by server__name', async () => {
    const actual = [{ name: 'roll', server: 'dice', args: {} }];
    expect(await one([{ name: 'roll', args: {} }], actual)).toMatchObject({ pass: true });
    expect(await one([{ name: 'dice__roll', args: {} }], actual)).toMatchObject({ pass: true });
    expect(await one([{ name: 'cards__roll', args: {} }], actual)).toMatchObject({ pass: false });
  });

  it('takes any arguments for an expected call without args', async () => {
    expect(await one([{ name: 'a' }], [{ name: 'a', args: { x: 1 } }])).toMatchObject({ pass: true });
  });

  it('reads arguments that came as JSON text', async () => {
    expect(await one([{ name: 'a', args: { x: 1 } }], [{ name: 'a', args: '{"x": 1}' }])).toMatchObject({ pass: true });
  });

  it('allows extra arguments in subset mode only', async () => {
    const [wanted, made] = [[{ name: 'a', args: { o: { x: 1 } } }], [{ name: 'a', args: { o: { x: 1, y: 2 }, z: 3 } }]];
    expect(await one(wanted, made, { args: 'subset' })).toMatchObject({ pass: true });
    expect(await one(wanted, made)).toMatchObject({ pass: false });
  });

  it('compares single arguments by their rules', async () => {
    const fields = { order_id: 'exact', note: 'ignore', amount: { tolerance: 0.01 }, q: { regex: '^ref' }, who: { ignoreCase: true }, at: 'present' };
    const wanted = [{ name: 'a', args: { order_id: 'A1', amount: 9.99, q: '', who: 'ANN', at: 0 } }];
    const made = (args: Record<string, Json>) => [
      { name: 'a', args: { order_id: 'A1', amount: 9.995, q: 'refund', who: 'ann', at: 5, note: 'x', ...args } },
    ];
    expect(await one(wanted, made({}), { fields })).toMatchObject({ pass: true });
    const wrongs: Record<string, Json>[] = [{ order_id: 'A2' }, { amount: 10.1 }, { q: 'no ref' }, { who: 'bob' }, { extra: 1 }];
    for (const wrong of wrongs) {
      expect(await one(wanted, made(wrong), { fields }), JSON.stringify(wrong)).toMatchObject({ pass: false });
    }
    expect(await one(wanted, made({ extra: 1 }), { fields, args: 'ignore' })).toMatchObject({ pass: true });
    expect(await one(wanted, made({ q: 'no' }), { fields, args: 'ignore' })).toMatchObject({ pass: false });
  });

  it('finds the best assignment when one call fits several expected ones', async () => {
    const wanted: Call[] = [
      { name: 'a', args: { x: 1 } },
      { name: 'a', args: { x: 1, y: 2 } },
    ];
    const made: Call[] = [
      { name: 'a', args: { x: 1, y: 2 } },
      { name: 'a', args: { x: 1 } },
    ];
    expect(await one(wanted, made, { match: 'any-order', args: 'subset' })).toMatchObject({ pass: true });
  });

  it('scores each turn against its own calls, and a turn that did not take place 0', async () => {
    const slot = { sample: { turns: turnsWithCalls([{ name: 'a' }], undefined, [{ name: 'b' }]) }, trajectory: withCalls([{ name: 'a' }], []) };
    expect(await check(trajectory, {}, slot)).toMatchObject({ value: 0.5, perTurn: [1, null, 0], pass: false });
    expect(await check(trajectory, { threshold: 0.5 }, slot)).toMatchObject({ pass: true });
  });

  it('leaves a turn without a denominator out of the mean', async () => {
    const slot = { sample: { turns: turnsWithCalls([{ name: 'a' }], [{ name: 'a' }]) }, trajectory: withCalls([], [{ name: 'a' }]) };
    expect(await check(trajectory, { match: 'precision' }, slot)).toMatchObject({ value: 1, perTurn: [null, 1] });
  });

  it('does not score a sample that expects nothing in particular', async () => {
    expect(await check(trajectory, {}, { trajectory: withCalls([]) })).toMatchObject({
      kind: 'unscored',
      reason: expect.stringContaining('toolCalls'),
    });
    expect(await check(trajectory, {}, { sample: { turns: turnsWithCalls([]) }, trajectory: makeTrajectory() })).toMatchObject({ kind: 'unscored' });
  });

  it('takes expected calls from the options, for the whole conversation', async () => {
    const slot = { sample: { row: { calls: [{ name: 'a' }, { name: 'b' }] } }, trajectory: withCalls([{ name: 'a' }], [{ name: 'b' }]) };
    expect(await check(trajectory, { expected: '{{row.calls}}' }, slot)).toMatchObject({ pass: true });
    expect(await check(trajectory, { expected: [{ name: 'b' }] }, slot)).toMatchObject({ pass: false });
    expect(await check(trajectory, { expected: '{{row.none}}' }, slot)).toMatchObject({ kind: 'unscored' });
  });

  it('asks for the tool of single-tool', async () => {
    await expect(check(trajectory, { match: 'single-tool' }, { trajectory: withCalls([]) })).rejects.toThrow(/needs the name/);
  });

  it('stays fast on many calls', async () => {
    const many = Array.from({ length: 50_000 }, () => ({ name: 'a', args: { x: 1 } }));
    const started = cpuMs();
    expect(
      await one(
        Array.from({ length: 100 }, () => ({ name: 'a', args: { x: 1 } })),
        many,
        { match: 'any-order' },
      ),
    ).toMatchObject({ pass: true });
    expect(await one(many.slice(0, 100), many, { match: 'precision' })).toMatchObject({ value: 0.002 });
    expect(cpuMs() - started).toBeLessThan(3_000);
  });
});
