import { describe, expect, test } from 'vitest';
import type { SampleCounts } from '../../src/compare/counts.ts';
import { decide } from '../../src/compare/decide.ts';
import { defaultDecideOptions } from '../../src/compare/decide-options.ts';
import { suiteEffect } from '../../src/compare/intervals.ts';
import { settlement } from '../../src/compare/settle.ts';
import { normalQuantile } from '../../src/compare/special-functions.ts';

/** Runs of 30 samples, 20 of them as steady as a rock, the rest at the given passes of each run. */
function shaky(now: [number, number], ...runs: [number, number][]): SampleCounts[] {
  return Array.from({ length: 30 }, (_, i) => {
    const count = ([passes, repeats]: [number, number]) => ({ passes: i < 10 ? passes : repeats, repeats });
    const list = runs.map(count);
    const total = (key: 'passes' | 'repeats') => list.reduce((sum, run) => sum + run[key], 0);
    return { id: `s${i}`, baseline: { passes: total('passes'), repeats: total('repeats') }, current: count(now), runs: list };
  });
}

function advice(samples: SampleCounts[], runs: number): string {
  const { suite } = decide(samples);
  const m = samples[0]?.baseline?.repeats ?? 0;
  const r = samples[0]?.current?.repeats ?? 0;
  return suite ? settlement(suite, { samples: samples.length, m, r, runs }, defaultDecideOptions) : '';
}

describe('what would settle an inconclusive comparison', () => {
  test('is a number of repeats with which it really is settled, as long as the change stays as it was', () => {
    const samples = shaky([1, 2], [3, 5]);
    expect(decide(samples).status).toBe('inconclusive');
    const repeats = Number(/^(\d+) repeats/.exec(advice(samples, 1))?.[1]);
    const pairs = samples.map(({ baseline, current }) => {
      return { b: baseline!.passes, m: baseline!.repeats, y: (current!.passes / current!.repeats) * repeats, r: repeats };
    });
    const { change, standardError } = suiteEffect(pairs);
    expect(change - normalQuantile(0.95) * standardError).toBeGreaterThan(-0.1);
  });

  test('never asks for more baseline runs than a comparison pools', () => {
    for (const runs of [1, 2, 5]) {
      const text = advice(shaky([1, 2], ...Array.from({ length: runs }, (): [number, number] => [1, 2])), runs);
      const more = Number(/(\d+) more baseline/.exec(text)?.[1] ?? 0);
      expect(runs + more).toBeLessThanOrEqual(5);
    }
  });

  test('is not more of the same where the whole suite moves from run to run', () => {
    const samples = shaky([1, 3], [3, 3], [0, 3], [2, 3]);
    expect(decide(samples).suite?.guard?.tau).toBeGreaterThan(0.1);
    expect(advice(samples, 3)).toContain('moves from run to run');
  });
});
