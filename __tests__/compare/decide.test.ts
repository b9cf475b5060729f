import { describe, expect, test } from 'vitest';
import type { SampleCounts } from '../../src/compare/counts.ts';
import { comparablePairs, decide } from '../../src/compare/decide.ts';

type Passes = readonly [passes: number, repeats: number];

function sample(id: string, [b, m]: Passes, [y, r]: Passes, more: Partial<SampleCounts> = {}): SampleCounts {
  return { id, baseline: { passes: b, repeats: m }, current: { passes: y, repeats: r }, ...more };
}

/** `t00`, `t01`, …: samples that pass always, on both sides. */
const steady = (count: number, repeats = 3): SampleCounts[] =>
  Array.from({ length: count }, (_, i) => sample(`t${String(i).padStart(2, '0')}`, [repeats, repeats], [repeats, repeats]));

describe('what can be compared', () => {
  const compare = (...samples: SampleCounts[]) => comparablePairs(samples, { minValidShare: 0.5 });

  test('is what both sides have a verdict of, sorted by id', () => {
    const { pairs, classes, shared } = compare(sample('b', [2, 3], [1, 4]), sample('a', [3, 3], [0, 2]));
    expect(pairs).toMatchObject([
      { id: 'a', b: 3, m: 3, y: 0, r: 2 },
      { id: 'b', b: 2, m: 3, y: 1, r: 4 },
    ]);
    expect([classes.size, shared]).toEqual([0, 2]);
  });

  test('is not what one side lacks, what has another content, or what has too few verdicts', () => {
    const { pairs, classes } = compare(
      { id: 'gone', baseline: { passes: 3, repeats: 3 } },
      { id: 'fresh', current: { passes: 3, repeats: 3 } },
      sample('never-answered', [0, 0], [3, 3]),
      sample('rewritten', [3, 3], [3, 3], { isChanged: true }),
      sample('silent', [3, 3], [0, 0]),
      sample('mostly-silent', [3, 3], [1, 1], { planned: 3 }),
      sample('half', [4, 4], [2, 2], { planned: 4 }),
    );
    expect(Object.fromEntries(classes)).toEqual({
      ...{ gone: 'removed', fresh: 'new', 'never-answered': 'new', rewritten: 'new' },
      ...{ silent: 'errored', 'mostly-silent': 'errored' },
    });
    expect(pairs.map(({ id }) => id)).toEqual(['half']);
  });

  test('counts a sample as shared that the baseline asked in vain, and none that a side does not have', () => {
    const asked = sample('asked', [0, 0], [3, 3], { baselinePlanned: 3 });
    const never = sample('never', [0, 0], [3, 3], { baselinePlanned: 0 });
    expect(compare(asked, never, sample('both', [1, 1], [1, 1])).shared).toBe(2);
    expect(compare({ id: 'gone', baseline: { passes: 3, repeats: 3 } }, { id: 'fresh', current: { passes: 1, repeats: 1 } }).shared).toBe(0);
  });

  test('is nothing where nothing is: no numbers, and never a verdict', () => {
    expect(decide([])).toEqual({ status: 'no-baseline', classes: new Map(), compared: 0, shared: 0 });
    const errored = decide([sample('a', [3, 3], [0, 0])]);
    expect(errored).toEqual({ status: 'no-baseline', classes: new Map([['a', 'errored']]), compared: 0, shared: 1 });
  });

  test('that is too small a part of what is shared settles nothing', () => {
    const silent = (count: number) => Array.from({ length: count }, (_, i) => sample(`x${i}`, [3, 3], [0, 0]));
    expect(decide([...steady(40), ...silent(10)])).toMatchObject({ status: 'no-change', compared: 40, shared: 50 });
    expect(decide([...steady(40), ...silent(11)])).toMatchObject({ status: 'inconclusive', compared: 40, shared: 51 });
  });
});

describe('the top-up of a grey result', () => {
  const noNames = { isConfirming: false, isNamingDecisive: false };
  /** So many of 50 samples fail once of 3 times; `more` of their repeats are asked again and `passes` of them pass. */
  const fallen = (count: number, topUp?: { passes: number; repeats: number }) =>
    steady(50).map((one, i) => ({
      ...one,
      ...(i < count ? { current: { passes: 2, repeats: 3 } } : {}),
      ...(topUp ? { topUp: i < count ? topUp : { passes: 3, repeats: 3 } } : {}),
    }));
  const toppingUp = (samples: SampleCounts[], more = {}) => decide(samples, { ...noNames, isToppingUp: true, ...more });

  test('is asked for between clearly red and clearly not, and leaves the verdict open', () => {
    const { status, suite } = toppingUp(fallen(5));
    expect(suite?.pWorse).toBeCloseTo(0.5 ** 6, 12);
    expect([status, suite?.isGateA, suite?.topUp]).toEqual(['inconclusive', false, 'needed']);
    expect(suite).not.toHaveProperty('pCumulative');
  });

  test('is not waited for when the fall is clear at once, nor when there is next to none', () => {
    const clear = toppingUp(fallen(9));
    expect(clear.status).toBe('regressed');
    expect(clear.suite).not.toHaveProperty('topUp');
    const none = toppingUp(fallen(1));
    expect([none.status, none.suite?.isGateA]).toEqual(['no-change', false]);
    expect(none.suite).not.toHaveProperty('topUp');
  });

  test('makes red only a fall beyond the margin, also when it is clear at once', () => {
    expect(toppingUp(fallen(9), { margin: 0.2 }).suite?.isGateA).toBe(false);
    expect(toppingUp(fallen(5, { passes: 0, repeats: 3 })).suite).toMatchObject({ isGateA: true, topUp: 'done' });
    expect(toppingUp(fallen(5, { passes: 0, repeats: 3 }), { margin: 0.2 }).suite).toMatchObject({ isGateA: false, topUp: 'done' });
  });

  test('decides on all answers together', () => {
    const worse = toppingUp(fallen(5, { passes: 2, repeats: 3 })).suite;
    const gone = toppingUp(fallen(5, { passes: 3, repeats: 3 })).suite;
    expect([worse?.topUp, worse?.isGateA, gone?.topUp, gone?.isGateA]).toEqual(['done', true, 'done', false]);
    // Each of the five: 4 or 5 of 6 pass now against 3 of 3; at mid-p.
    expect(worse?.pCumulative).toBeCloseTo((5 / 12) ** 5 / 2, 12);
    expect(gone?.pCumulative).toBeCloseTo((2 / 3) ** 5 / 2, 12);
  });

  test('still waits when one sample was not asked again, or in vain', () => {
    const all = fallen(5, { passes: 2, repeats: 3 });
    const without = (topUp: SampleCounts['topUp']) => all.map((one, i) => (i === 49 ? { ...one, topUp } : one) as SampleCounts);
    expect(toppingUp(without({ passes: 0, repeats: 1 })).suite?.topUp).toBe('done');
    expect(toppingUp(without({ passes: 0, repeats: 0 })).suite?.topUp).toBe('needed');
    expect(toppingUp(without(undefined)).suite?.topUp).toBe('needed');
  });

  test('is for suites that want it: without, the same fall is not red and needs nothing', () => {
    const { suite } = decide(fallen(5), noNames);
    expect(suite?.isGateA).toBe(false);
    expect(suite).not.toHaveProperty('topUp');
  });
});

describe('a tolerated margin', () => {
  const broad = Array.from({ length: 50 }, (_, i) => sample(`s${i}`, [9, 10], [7, 10]));

  test('keeps a fall from red that may lie within it', () => {
    const decided = (margin: number) => decide(broad, { margin, isNamingDecisive: false });
    expect(decided(0).status).toBe('regressed');
    expect(decided(0.1).status).toBe('regressed');
    expect(decided(0.15).suite?.isGateA).toBe(false);
    expect(decided(0.3).status).toBe('no-change');
  });
});

describe('the re-runs of a suspect', () => {
  /** 6 passes before and 0 of 2 now: 6 more answers are planned. */
  const suspect = (confirmation?: { passes: number; repeats: number }) =>
    decide([...steady(30, 6), sample('x', [6, 6], [0, 2], confirmation ? { confirmation } : {})]);

  test('count from half of the planned ones on; the sample stays a suspect with fewer', () => {
    const open = suspect({ passes: 0, repeats: 2 });
    expect(Object.fromEntries(open.suite?.plan ?? [])).toEqual({ x: 6 });
    expect(open.suite?.openSuspects).toEqual(['x']);
    expect([open.status, open.classes.get('x'), open.suite?.finalP.size]).toEqual(['inconclusive', 'suspect', 0]);
    const enough = suspect({ passes: 0, repeats: 3 });
    expect(enough.suite?.openSuspects).toEqual([]);
    expect([enough.status, enough.classes.get('x')]).toEqual(['regressed', 'regressed']);
    // 6 of 6 against 0 of 5: one of the 462 ways to choose.
    expect(enough.suite?.finalP.get('x')).toBeCloseTo(1 / 462, 12);
    expect(suspect().suite?.openSuspects).toEqual(['x']);
  });

  test('that pass clear it, and count in how steady it is', () => {
    const { status, classes, suite } = suspect({ passes: 6, repeats: 6 });
    expect([suite?.isGateB, status, classes.get('x')]).toEqual([false, 'no-change', 'flaky']);
    const nearly = decide([...steady(30, 6), sample('x', [30, 30], [0, 1], { confirmation: { passes: 9, repeats: 9 } })]);
    expect(nearly.classes.get('x')).toBe('stable-pass');
  });

  test('are neither planned nor missed where re-runs are off: the first answers decide', () => {
    const off = decide([...steady(30, 12), sample('x', [12, 12], [0, 4])], { isConfirming: false });
    expect([off.suite?.plan.size, off.suite?.openSuspects]).toEqual([0, []]);
    expect([off.suite?.isGateB, off.status, off.classes.get('x')]).toEqual([true, 'regressed', 'regressed']);
  });

  test('name a sample without deciding where single samples do not decide', () => {
    const named = decide([...steady(30, 6), sample('x', [6, 6], [0, 2], { confirmation: { passes: 0, repeats: 6 } })], { isNamingDecisive: false });
    expect([named.suite?.isGateB, named.status, named.classes.get('x')]).toEqual([false, 'no-change', 'suspect']);
    expect(named.suite?.adjusted.get('x')).toBeLessThan(0.05);
  });
});

describe('answers without a verdict', () => {
  /** 100 samples of 10 planned repeats; the first so many lost one of them now. */
  const lost = (count: number, more: Partial<SampleCounts> = {}) =>
    Array.from({ length: 100 }, (_, i) => sample(`s${i}`, [9, 9], [9, 9], { planned: 10, errors: i < count ? 1 : 0, baselinePlanned: 10, ...more }));

  test('leave the verdict open from 2 points more on', () => {
    const { status, suite } = decide(lost(20));
    expect([status, suite?.errors.isOn, suite?.errors.difference]).toEqual(['inconclusive', true, 0.02]);
    // Twenty times an even chance, at mid-p.
    expect(suite?.errors.p).toBeCloseTo(0.5 ** 21, 15);
    const fewer = decide(lost(19));
    expect([fewer.status, fewer.suite?.errors.isOn]).toEqual(['no-change', false]);
    expect(fewer.suite?.errors.difference).toBeCloseTo(0.019, 12);
  });

  test('are compared with those of the baseline, in shares of what was planned', () => {
    const before = decide(lost(20, { baselineErrors: 1 })).suite?.errors;
    expect(before?.difference).toBeCloseTo(-0.08, 12);
    expect([before?.isOn, (before?.p ?? 0) > 0.99]).toEqual([false, true]);
    expect(decide(lost(0, { baselineErrors: 1 })).suite?.errors.difference).toBeCloseTo(-0.1, 12);
    const wide = decide(lost(30, { baselinePlanned: 30, baselineErrors: 1 })).suite?.errors;
    expect(wide?.difference).toBeCloseTo(0.03 - 1 / 30, 12);
  });

  test('are none where nothing is said of any, and take what has a verdict for what was planned', () => {
    expect(decide(steady(10)).suite?.errors).toEqual({ p: 1, difference: 0, isOn: false });
    const { suite } = decide([sample('a', [3, 3], [4, 4], { errors: 1 }), ...steady(9, 4)]);
    expect(suite?.errors.difference).toBeCloseTo(1 / 40, 12);
  });

  test('of samples that one side does not have say nothing', () => {
    const alone: SampleCounts[] = [
      { id: 'fresh', current: { passes: 0, repeats: 3 }, errors: 3, planned: 6 },
      { id: 'gone', baseline: { passes: 3, repeats: 3 }, baselineErrors: 3, baselinePlanned: 6 },
      sample('unknown', [0, 0], [3, 3], { baselineErrors: 3, baselinePlanned: 3 }),
    ];
    expect(decide([...steady(10), ...alone]).suite?.errors).toEqual({ p: 1, difference: 0, isOn: false });
  });
});

describe('the class of a sample', () => {
  test('is steady from 19 of 20 answers on, flaky between', () => {
    const { classes } = decide([
      sample('a', [10, 10], [9, 10]),
      sample('b', [9, 10], [9, 10]),
      sample('c', [1, 10], [0, 10]),
      sample('d', [1, 10], [1, 10]),
    ]);
    expect(Object.fromEntries(classes)).toEqual({ a: 'stable-pass', b: 'flaky', c: 'stable-fail', d: 'flaky' });
  });

  test('is fixed where it failed before and passes beyond chance', () => {
    const { classes, status } = decide([...steady(20, 10), sample('x', [0, 10], [10, 10])]);
    expect([classes.get('x'), status]).toEqual(['fixed', 'improved']);
  });
});

test('the interval and the excluded drop stay within what a rate can do', () => {
  const down = decide([sample('a', [1, 1], [0, 1])]).suite;
  const up = decide([sample('a', [0, 1], [1, 1])]).suite;
  expect([down?.change, down?.interval[0], down?.excludedDrop]).toEqual([-1, -1, 1]);
  expect([up?.change, up?.interval[1]]).toEqual([1, 1]);
  expect(down?.interval[1]).toBeGreaterThan(-1);
  expect(up?.interval[0]).toBeLessThan(1);
});
