// Simulated comparisons of whole run logs, for what needs more than counts: slices by tag and latency.
import { product } from './product.mjs';
import { rules } from './rules.mjs';
import { applyScenario, drawPopulation } from './worlds.mjs';

const { assess, planConfirmation, metricEffects, defaultPolicy } = product;

const checker = 'contains';
const scores = { pass: [{ checker, value: 1, pass: true }], fail: [{ checker, value: 0, pass: false }] };
const policy = { ...defaultPolicy, slices: ['tags'] };
const sliceCount = 10;
/** Between samples the medians differ much more than repeats of one sample do. */
const [medianMs, spreadOfSamples, spreadOfRepeats] = [2000, 0.5, 0.35];

/** Ten tagged slices of equal size, one of which the scenario `slice` hits; the verdict is that of the whole assessment, re-runs included. */
export function compareSlices(random, cell, rule) {
  const before = drawPopulation(random, cell.population, cell.samples);
  const after = applyScenario(random, cell.scenario, before);
  const oldRates = before.map(({ rate }) => rate);
  const pool = Array.from({ length: cell.runs }, () => runOf(cell.baseRepeats, (i) => outcomes(random, oldRates[i], cell.baseRepeats), cell.samples));
  const firstStage = after.rates.map((rate) => outcomes(random, rate, cell.repeats));
  const run = (slotsOf) => ({ current: runOf(cell.repeats, slotsOf, cell.samples), pool, baseline: { kind: 'path', runs: pool.length }, policy });
  const plan = new Map(planConfirmation(run((i) => firstStage[i])).map(({ sample, extraRepeats }) => [sample, extraRepeats]));
  const slots = firstStage.map((list, i) => [...list, ...outcomes(random, after.rates[i], plan.get(idOf(i)) ?? 0)]);
  const { verdict, suiteEffect, samples } = assess(run((i) => slots[i]));
  const pairs = samples.map(({ baseline, current }) => ({ b: baseline.passes, m: baseline.repeats, y: current.passes, r: current.repeats }));
  const status = rules[rule]({ status: verdict.status, change: suiteEffect?.change, pairs });
  return { regressed: status === 'regressed' ? 1 : 0 };
}

/** Log-normal latency; `movement`: standard deviation of a whole run's log, `growth`: true growth and `margin`: allowed growth, such as 0.1. */
export function compareLatency(random, { samples, runs, baseRepeats, repeats, growth, movement, margin = policy.latencyMargin }) {
  const medians = Array.from({ length: samples }, () => Math.log(medianMs) + spreadOfSamples * random.normal());
  const timedRun = (planned, factor) => {
    const moved = movement * random.normal() + Math.log(factor);
    const timed = (i) =>
      Array.from({ length: planned }, () => ({ outcome: 'pass', latencyMs: Math.exp(medians[i] + moved + spreadOfRepeats * random.normal()) }));
    return runOf(planned, timed, samples);
  };
  const pool = Array.from({ length: runs }, () => timedRun(baseRepeats, 1));
  const effects = metricEffects(timedRun(repeats, 1 + growth), pool, margin);
  return { regressed: effects.some(({ isDecisive, assessment }) => isDecisive && assessment.effect === 'regressed') ? 1 : 0 };
}

function outcomes(random, rate, repeats) {
  return Array.from({ length: repeats }, () => ({ outcome: random.uniform() < rate ? 'pass' : 'fail' }));
}

function idOf(index) {
  return `s${String(index).padStart(4, '0')}`;
}

/** The index that the product's reader makes of a complete run log. */
function runOf(repeats, slotsOf, count) {
  const samples = new Map();
  for (let i = 0; i < count; i++) {
    const id = idOf(i);
    const slots = slotsOf(i).map((slot, at) => ({ epoch: at + 1, attempts: 1, scores: scores[slot.outcome], ...slot }));
    const place = { file: 'samples.jsonl', line: i + 1 };
    samples.set(id, {
      id,
      hash: id,
      scoreHash: id,
      ...place,
      tags: [`slice-${Math.floor((i * sliceCount) / count)}`],
      weight: 1,
      critical: false,
      slots,
    });
  }
  return {
    source: 'simulated',
    header: {
      ...{ type: 'run', schemaVersion: 1, toolVersion: '0.0.0', runId: 'simulated', startedAt: '2026-01-01T00:00:00Z', suite: 'simulated' },
      ...{ fingerprints: { call: {}, score: {} }, planned: { samples: count, repeats, slots: count * repeats }, samplesDigest: '' },
      ...{ caps: {}, secrets: [], agent: { type: 'replay' }, checkers: [{ name: checker, required: true, weight: 1 }] },
    },
    samples,
    ...{ pending: new Map(), attempts: new Map(), shared: { texts: new Map(), tags: new Map(), scores: new Map() } },
    end: { type: 'end', at: '2026-01-01T00:10:00Z', durationMs: 1, totals: { agentCalls: count * repeats } },
  };
}
