// One simulated comparison: true rates are drawn, both sides are run, the product plans the re-runs, these are run, the product decides.
import { product } from './product.mjs';
import { rules } from './rules.mjs';
import { applyScenario, drawPopulation, ratesOfRun, sampleDropFor } from './worlds.mjs';

const { decide, comparablePairs, defaultDecideOptions, screen, createHypergeometricTable, detectableDrop, guardAgainstHistory } = product;

/**
 * What is measured of one comparison, by name: numbers, 0 or 1 for claims; what does not apply is left out.
 * `cell`: samples, population, scenario, runs × repeats of the baseline, repeats of the new side, violations, options.
 */
export function compareOnce(random, cell, rule) {
  const { samples: count, population, runs, baseRepeats, repeats, options = {} } = cell;
  const settings = { ...defaultDecideOptions, ...options };
  const before = drawPopulation(random, population, count);
  const oldRates = before.map(({ rate }) => rate);
  const baseline = Array.from({ length: runs }, () => {
    const rates = ratesOfRun(random, oldRates, cell);
    return rates.map((rate) => runSample(random, rate, baseRepeats, cell.baselineErrors ?? 0));
  });
  const after = cell.scenario === 'detectable' ? fallBy(baseline, oldRates, cell) : applyScenario(random, cell.scenario, before);
  if (!after) return {};
  const hangs = hanging(random, cell);
  const newRates = ratesOfRun(random, after.rates, cell);
  const counts = newRates.map((rate, i) => {
    const past = baseline.map((run) => run[i]);
    const current = runSample(random, rate, repeats, hangs.has(i) ? 1 : (cell.errors ?? 0));
    return countsOf(i, past, baseRepeats, current, repeats);
  });
  const { pairs } = comparablePairs(counts, settings);
  const plan = settings.isConfirming ? screen(createHypergeometricTable(), pairs, settings) : new Map();
  // Asked again minutes later: like a run of its own, unless the cell says that it is like the one it belongs to.
  const againRates = cell.isRerunAlike ? newRates : ratesOfRun(random, after.rates, cell);
  for (const [i, sample] of counts.entries()) {
    const extra = plan.get(sample.id);
    if (extra) sample.confirmation = { passes: random.passes(extra, againRates[i]), repeats: extra };
  }
  let decision = decide(counts, options);
  if (decision.suite?.topUp === 'needed') {
    for (const [i, sample] of counts.entries()) sample.topUp = { passes: random.passes(repeats, newRates[i]), repeats };
    decision = decide(counts, options);
  }
  const truth = { change: mean(after.rates) - mean(oldRates), worse: after.worse };
  const status = rules[rule]({ status: decision.status, change: decision.suite?.change, pairs });
  return measure({ decision, status, plan, truth, slots: count * repeats });
}

function measure({ decision, status, plan, truth, slots }) {
  const { suite, classes } = decision;
  const named = [...classes].filter(([, value]) => value === 'regressed').map(([id]) => Number(id));
  const found = named.filter((i) => truth.worse.has(i)).length;
  return {
    regressed: claim(status === 'regressed'),
    improved: claim(status === 'improved'),
    'no-change': claim(status === 'no-change'),
    inconclusive: claim(status === 'inconclusive'),
    extra: [...plan.values()].reduce((sum, extra) => sum + extra, 0) / slots,
    ...(truth.worse.size > 0 ? { found: found / truth.worse.size, falseNames: (named.length - found) / Math.max(1, named.length) } : {}),
    ...(suite
      ? {
          suite: claim(suite.isGateA),
          covered: claim(suite.interval[0] <= truth.change && truth.change <= suite.interval[1]),
          toppedUp: claim(suite.topUp !== undefined),
        }
      : {}),
  };
}

function claim(holds) {
  return holds ? 1 : 0;
}

function runSample(random, rate, repeats, errorRate) {
  let valid = repeats;
  if (errorRate > 0) valid = repeats - random.passes(repeats, errorRate);
  return { passes: random.passes(valid, rate), repeats: valid };
}

function countsOf(index, past, baseRepeats, current, repeats) {
  const valid = past.reduce((sum, run) => sum + run.repeats, 0);
  return {
    id: String(index).padStart(4, '0'),
    baseline: { passes: past.reduce((sum, run) => sum + run.passes, 0), repeats: valid },
    baselinePlanned: past.length * baseRepeats,
    baselineErrors: past.length * baseRepeats - valid,
    runs: past,
    current,
    planned: repeats,
    errors: repeats - current.repeats,
  };
}

function hanging(random, { samples, hangs = 0 }) {
  return new Set(random.shuffle(Array.from({ length: samples }, (_, i) => i)).slice(0, Math.round(hangs * samples)));
}

/** The rates after exactly the drop that the product prints as detectable for this baseline. */
function fallBy(baseline, rates, { repeats, baseRepeats }) {
  const histories = rates.map((_, i) => baseline.map((run) => run[i]));
  const pairs = histories.map((runs) => ({
    b: runs.reduce((sum, { passes }) => sum + passes, 0),
    m: runs.length * baseRepeats,
    y: 0,
    r: repeats,
  }));
  const guard = guardAgainstHistory(histories, { m: baseline.length * baseRepeats, r: repeats }, defaultDecideOptions);
  const drop = detectableDrop(pairs, { r: repeats, alpha: defaultDecideOptions.alphaSuite, inflation: guard?.inflation ?? 1 });
  if (drop === undefined) return undefined;
  const each = sampleDropFor(rates, drop);
  return { rates: rates.map((rate) => Math.max(0, rate - each)), worse: new Set() };
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
