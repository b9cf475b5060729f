import type { Calibration, CalibrationPair, SimulatedRate } from '../../records/calibration.ts';
import { maxPooledRuns, type Policy } from '../../records/policy.ts';
import type { RunIndex } from '../../records/run-index.ts';
import { type SampleCounts, sampleCounts } from '../counts.ts';
import { wilson } from '../intervals.ts';
import { type Again, judge, type Rules, rulesFor } from './judge.ts';
import { createRandom, type Random } from './random.ts';
import { countsOf, createRateDraw, createSampler, type SuiteModel } from './suite-model.ts';

/** Comparisons of one simulation: more for small suites, where each is cheap, and enough for ± 1 point in large ones. */
export function trialsFor(samples: number, most: number): number {
  return Math.max(Math.min(200, most), Math.min(most, Math.round((most * 60) / Math.max(1, samples))));
}

/** What the simulation of unchanged comparisons found. */
export type SimulatedAlarms = Pick<Calibration['falseAlarms'], 'simulated' | 'bySuite' | 'bySample' | 'bySlice' | 'rerunShare'>;

/**
 * How often the whole procedure calls a change a regression when nothing changed: rates that fit the recorded runs are drawn, then
 * baseline runs and a new run from them, which move as the recorded ones did, then the re-runs that the procedure asks for. At
 * least one measured sample. The same model gives the same numbers.
 */
export function simulateAlarms(
  model: SuiteModel,
  current: RunIndex,
  policy: Policy,
  options: { baselineRuns: number; trials: number },
): SimulatedAlarms {
  const random = createRandom('false-alarms');
  const sampler = createSampler(model);
  const { repeats } = model;
  const found = { alarm: 0, bySuite: 0, bySample: 0, bySlice: 0, extra: 0 };
  let rules: Rules | undefined;
  for (let trial = 0; trial < options.trials; trial++) {
    const rates = sampler.rates(random);
    const past = Array.from({ length: options.baselineRuns }, () => sampler.run(random, rates, repeats));
    const now = sampler.run(random, rates, repeats);
    const samples = model.measured.map(({ id }, i) =>
      countsOf(
        id,
        past.flatMap((run) => run[i] ?? []),
        now[i] ?? { passes: 0, repeats: 0 },
        repeats,
      ),
    );
    rules ??= rulesFor(policy, current, samples);
    const byId = new Map(model.measured.map(({ id }, i) => [id, rates[i] ?? 0]));
    const verdict = judge(samples, rules, (id, more) => ({ passes: random.passes(more, byId.get(id) ?? 0), repeats: more }));
    for (const key of ['bySuite', 'bySample', 'bySlice'] as const) if (verdict[key]) found[key]++;
    if (verdict.isAlarm) found.alarm++;
    found.extra += verdict.extra;
  }
  const { trials } = options;
  return {
    simulated: rateOf(found.alarm, trials),
    bySuite: found.bySuite / trials,
    bySample: found.bySample / trials,
    ...(policy.slices.includes('tags') ? { bySlice: found.bySlice / trials } : {}),
    rerunShare: found.extra / (trials * model.measured.length * repeats),
  };
}

/**
 * The same from the recorded repeats alone: within each sample they are dealt anew, `repeats` of them to the new side and the
 * others to the baseline. Nothing is assumed of the suite but that its repeats are exchangeable; only re-runs are drawn.
 * Undefined when no sample has two repeats.
 */
export function relabelAlarms(model: SuiteModel, current: RunIndex, policy: Policy, trials: number): SimulatedRate | undefined {
  const dealt = model.measured.filter(({ repeats }) => repeats >= 2);
  if (dealt.length === 0) return undefined;
  const random = createRandom('relabelled');
  const again = drawAgain(model, random);
  let alarms = 0;
  let rules: Rules | undefined;
  for (let trial = 0; trial < trials; trial++) {
    const samples = dealt.map(({ id, passes, repeats }): SampleCounts => {
      const r = Math.min(model.repeats, Math.floor(repeats / 2));
      const y = drawWithout(random, passes, repeats, r);
      return { id, baseline: { passes: passes - y, repeats: repeats - r }, current: { passes: y, repeats: r }, planned: r };
    });
    rules ??= rulesFor(policy, current, samples);
    if (judge(samples, rules, again).isAlarm) alarms++;
  }
  return rateOf(alarms, trials);
}

/** Draws of the simulated re-runs of one observed pair. */
const pairDraws = 100;

/** Each complete run against the others, newest first: what the product would have said of it. Fewer than two runs: none. */
export function observedPairs(runs: readonly RunIndex[], model: SuiteModel, policy: Policy): CalibrationPair[] {
  if (runs.length < 2) return [];
  const random = createRandom('pairs');
  const again = drawAgain(model, random);
  return runs.flatMap((head) => {
    const pool = runs.filter((run) => run !== head).slice(0, maxPooledRuns);
    const samples = sampleCounts(head, pool)
      .filter(({ current }) => current)
      .map(firstStageOnly);
    const rules = rulesFor(policy, head, samples);
    const first = judge(samples, rules, again);
    if (!first.decision.suite) return [];
    const draws = first.extra === 0 ? [first] : [first, ...Array.from({ length: pairDraws - 1 }, () => judge(samples, rules, again))];
    const alarms = draws.filter(({ isAlarm }) => isAlarm).length;
    const likelier = draws.find(({ isAlarm }) => isAlarm === alarms * 2 > draws.length) ?? first;
    return [
      {
        head: head.source,
        alarm: likelier.isAlarm,
        chance: alarms / draws.length,
        status: likelier.status,
        change: first.decision.suite.change,
        pWorse: first.decision.suite.pWorse,
        reruns: first.reruns,
      },
    ];
  });
}

/** What was asked again then was planned against another baseline. */
function firstStageOnly(counts: SampleCounts): SampleCounts {
  const { confirmation: _, topUp: __, ...first } = counts;
  return first;
}

/** Re-runs of a sample follow the rates that fit what was seen of it. */
function drawAgain(model: SuiteModel, random: Random): Again {
  const draw = createRateDraw(model);
  const byId = new Map(model.measured.map((sample, i) => [sample.id, i] as const));
  return (id, repeats) => ({ passes: random.passes(repeats, draw(byId.get(id) ?? 0, random)), repeats });
}

/** Passes among `drawn` of `repeats` repeats of which `passes` passed, without putting back. */
function drawWithout(random: Random, passes: number, repeats: number, drawn: number): number {
  let left = passes;
  for (let i = 0; i < drawn; i++) if (random.uniform() < left / (repeats - i)) left--;
  return passes - left;
}

function rateOf(hits: number, trials: number): SimulatedRate {
  const rate = hits / trials;
  return { rate, standardError: Math.sqrt((rate * (1 - rate)) / trials), interval: wilson(rate, trials), trials };
}
