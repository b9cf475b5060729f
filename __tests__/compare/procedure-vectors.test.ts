import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { SampleCounts } from '../../src/compare/counts.ts';
import { decide } from '../../src/compare/decide.ts';
import type { DecideOptions } from '../../src/compare/decide-options.ts';
import { detectableDrop } from '../../src/compare/detectable-drop.ts';

interface VectorSample {
  id: string;
  b?: number;
  m?: number;
  y?: number;
  r?: number;
  y2?: number;
  r2?: number;
  yt?: number;
  rt?: number;
  planned?: number;
  errors?: number;
  base_errors?: number;
  base_planned?: number;
  changed?: boolean;
  runs?: [number, number][];
}

// biome-ignore lint/suspicious/noExplicitAny: a vector file of many shapes
const { cases } = JSON.parse(readFileSync(new URL('../vectors/stats-procedure.json', import.meta.url), 'utf8')) as { cases: any[] };

const optionNames: Record<string, keyof DecideOptions> = {
  confirm: 'isConfirming',
  topup: 'isToppingUp',
  margin: 'margin',
  no_change: 'noChangeDrop',
};

function toCounts(s: VectorSample): SampleCounts {
  return {
    id: s.id,
    ...(s.m === undefined ? {} : { baseline: { passes: s.b ?? 0, repeats: s.m } }),
    ...(s.r === undefined ? {} : { current: { passes: s.y ?? 0, repeats: s.r } }),
    ...(s.r2 === undefined ? {} : { confirmation: { passes: s.y2 ?? 0, repeats: s.r2 } }),
    ...(s.rt === undefined ? {} : { topUp: { passes: s.yt ?? 0, repeats: s.rt } }),
    ...(s.planned === undefined ? {} : { planned: s.planned }),
    ...(s.errors === undefined ? {} : { errors: s.errors }),
    ...(s.base_errors === undefined ? {} : { baselineErrors: s.base_errors }),
    ...(s.base_planned === undefined ? {} : { baselinePlanned: s.base_planned }),
    ...(s.changed ? { isChanged: true } : {}),
    ...(s.runs ? { runs: s.runs.map(([passes, repeats]) => ({ passes, repeats })) } : {}),
  };
}

/** Deep equality with numbers to 1e-9. */
function expectClose(actual: unknown, expected: unknown, path: string): void {
  if (typeof expected === 'number') {
    expect(Math.abs((actual as number) - expected), `${path}: ${actual} is not ${expected}`).toBeLessThanOrEqual(1e-9);
  } else if (expected !== null && typeof expected === 'object') {
    expect(Object.keys(actual as object).sort(), path).toEqual(Object.keys(expected).sort());
    for (const [key, value] of Object.entries(expected)) expectClose((actual as Record<string, unknown>)[key], value, `${path}.${key}`);
  } else {
    expect(actual, path).toEqual(expected);
  }
}

describe('the procedure reproduces the reference', () => {
  const procedures = cases.filter((c) => c.samples);
  test.each(procedures.map((c, i) => [`${i}: ${c.name}`, c] as const))('%s', (_, c) => {
    const options = Object.fromEntries(
      Object.entries(c.options ?? {}).map(([key, value]) => {
        const name = optionNames[key];
        if (!name) throw new Error(`unknown option ${key}`);
        return [name, value];
      }),
    );
    const { status, classes, compared, suite } = decide(c.samples.map(toCounts), options);
    const g = suite?.guard;
    const actual = suite
      ? {
          verdict: status,
          gateA: suite.isGateA,
          gateB: suite.isGateB,
          topup: suite.topUp ?? null,
          pCumulative: suite.pCumulative ?? null,
          pA: suite.pWorse,
          pUp: suite.pBetter,
          delta: suite.change,
          se: suite.standardError,
          ci95: suite.interval,
          excluded_drop95: suite.excludedDrop,
          plan: Object.fromEntries(suite.plan),
          final_p: Object.fromEntries(suite.finalP),
          adjusted: Object.fromEntries(suite.adjusted),
          guard: g ? { phi: g.phi, rho: g.rho, p: g.p, m0: g.repeatsPerRun, on: g.isOn, tau: g.tau, inflation: g.inflation } : null,
          errors: { p: suite.errors.p, diff: suite.errors.difference, on: suite.errors.isOn },
          compared,
          classes: Object.fromEntries(classes),
        }
      : { verdict: status, classes: Object.fromEntries(classes) };
    expectClose(actual, c.expected, c.name);
  });
});

describe('the detectable drop reproduces the reference', () => {
  const drops = cases.filter((c) => c.base);
  test.each(drops.map((c, i) => [`case ${i}`, c] as const))('%s', (_, c) => {
    const pairs = c.base.map(([b, m]: [number, number]) => ({ b, m, y: 0, r: c.r }));
    expect(detectableDrop(pairs, { r: c.r, alpha: c.alpha, power: c.power })).toBeCloseTo(c.expected.mde, 9);
  });
});
