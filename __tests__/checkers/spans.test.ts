import { describe, expect, it } from 'vitest';
import { summaryOf } from '../../src/agents/parts/span-summary.ts';
import { spans } from '../../src/checkers/spans.ts';
import type { Trajectory } from '../../src/records/trajectory.ts';
import { check, makeTrajectory } from './build.ts';

const traced = (fields: Partial<Trajectory> = {}): Trajectory => ({
  ...makeTrajectory('x'),
  spans: [
    { name: 'POST /' },
    { name: 'DB.read', durationMs: 10 },
    { name: 'db.read', durationMs: 30, isError: true },
    { name: 'db.write', durationMs: 20 },
  ],
  ...fields,
});
const span = (n: number, fields: object = {}) => ({
  ...{ traceId: 'a', spanId: String(n), parentId: undefined, name: `s${n}`, startMs: n, endMs: n + 0.5, isError: false, message: undefined },
  ...{ attributes: {} },
  ...fields,
});

describe('spans', () => {
  it.each([
    [{ span: 'db.*', count: { min: 3, max: 3 } }, true],
    [{ span: 'db.*', count: { max: 2 } }, false],
    [{ span: 'cache.*', count: { min: 1 } }, false],
    [{ span: 'db.*', durationMs: { max: 30 } }, true],
    [{ span: 'db.*', durationMs: { max: 29 } }, false],
    [{ span: 'db.*', durationMs: { max: 20, percentile: 50 } }, true],
    [{ span: 'db.*', durationMs: { max: 20, percentile: 95 } }, false],
    [{ span: 'cache.*', durationMs: { max: 1 }, errors: { max: 0 } }, true],
    [{ errors: { max: 1, maxShare: 0.25 } }, true],
    [{ errors: { max: 0 } }, false],
    [{ span: 'db.*', errors: { maxShare: 0.3 } }, false],
  ])('%j passes: %j', async (options, pass) => {
    expect(await check(spans, options, { trajectory: traced() })).toMatchObject({ kind: 'scored', pass });
  });

  it('are unscored when none were read', async () => {
    expect(await check(spans, { count: { max: 9 } }, { trajectory: makeTrajectory('x') })).toMatchObject({ kind: 'unscored' });
  });

  it.each([
    [{ count: { max: 9 } }, undefined],
    [{ count: { max: 3 } }, false],
    [{ count: { min: 4 } }, true],
    [{ count: { min: 5 } }, undefined],
    [{ durationMs: { max: 99 } }, undefined],
    [{ durationMs: { max: 29 } }, false],
    [{ durationMs: { max: 1, percentile: 50 } }, undefined],
    [{ errors: { max: 1 } }, undefined],
    [{ errors: { max: 0 } }, false],
  ])('%j of a record that was cut passes: %j', async (options, pass) => {
    const score = await check(spans, options, { trajectory: traced({ omittedSpans: 1 }) });
    expect(score).toMatchObject(pass === undefined ? { kind: 'unscored' } : { kind: 'scored', pass });
  });

  it('keep their name, time and error in the record, the first thousand and 100 kB of them', () => {
    expect(summaryOf([span(2, { isError: true }), span(1), span(0)])).toEqual({
      spans: [{ name: 's0' }, { name: 's1', durationMs: 0.5 }, { name: 's2', durationMs: 0.5, isError: true }],
    });
    expect(summaryOf([])).toEqual({});
    const many = summaryOf(Array.from({ length: 1500 }, (_, n) => span(n + 1)));
    expect([many.spans?.length, many.omittedSpans]).toEqual([1000, 500]);
    const long = summaryOf(Array.from({ length: 900 }, (_, n) => span(n + 1, { name: 'x'.repeat(200) })));
    expect(JSON.stringify(long.spans).length).toBeLessThan(100_010);
    expect((long.spans?.length ?? 0) + (long.omittedSpans ?? 0)).toBe(900);
  });
});
