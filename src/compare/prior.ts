import { choose } from './hypergeometric.ts';

/** Passes among trials of one sample, both sides together. */
export interface Trials {
  passes: number;
  trials: number;
}

/** The pass rates that the weights of `fitPrior` belong to. */
export const rateGrid: readonly number[] = Array.from({ length: 50 }, (_, k) => (k + 0.5) / 50);
const pseudoMass = 2;
const steps = 100;

/**
 * Distribution of the pass rates over the suite as 50 weights at (k + ½)/50: nonparametric maximum likelihood by
 * expectation–maximisation from a uniform start, with a pseudo-mass of two samples spread uniformly. No counts: uniform.
 */
export function fitPrior(counts: readonly Trials[]): number[] {
  const cells = new Map<string, { likelihood: Float64Array; count: number }>();
  for (const cell of counts) {
    const key = `${cell.passes},${cell.trials}`;
    const found = cells.get(key);
    if (found) found.count++;
    else cells.set(key, { likelihood: Float64Array.from(likelihoodOf(cell)), count: 1 });
  }
  const size = rateGrid.length;
  let weights = new Float64Array(size).fill(1 / size);
  for (let step = 0; step < steps; step++) {
    const mass = new Float64Array(size).fill(pseudoMass / size);
    for (const { likelihood, count } of cells.values()) {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += (weights[i] as number) * (likelihood[i] as number);
      const share = count / sum;
      for (let i = 0; i < size; i++) mass[i] = (mass[i] as number) + share * (weights[i] as number) * (likelihood[i] as number);
    }
    weights = mass.map((value) => value / (counts.length + pseudoMass));
  }
  return [...weights];
}

/** Probabilities of 0…repeats passes of an unchanged sample of which `cell` was seen, under the fitted weights. */
export function predictPasses(weights: readonly number[], cell: Trials, repeats: number): number[] {
  const posterior = posteriorWeights(weights, cell);
  const chances = Array.from({ length: repeats + 1 }, () => 0);
  for (const [i, rate] of rateGrid.entries()) {
    const failing = [1];
    for (let k = 1; k <= repeats; k++) failing.push((failing[k - 1] ?? 0) * (1 - rate));
    let passing = posterior[i] ?? 0;
    for (let y = 0; y <= repeats; y++, passing *= rate) chances[y] = (chances[y] ?? 0) + passing * (failing[repeats - y] ?? 0);
  }
  return chances.map((chance, y) => chance * choose(repeats, y));
}

/** Probabilities of the rates of the grid for a sample of which `cell` was seen, under the fitted weights. */
export function posteriorWeights(weights: readonly number[], cell: Trials): number[] {
  const posterior = likelihoodOf(cell).map((value, i) => value * (weights[i] ?? 0));
  const sum = posterior.reduce((s, v) => s + v, 0);
  return posterior.map((value) => value / sum);
}

/** Relative to its maximum on the grid: the scale cancels, and large trials do not underflow. */
function likelihoodOf({ passes, trials }: Trials): number[] {
  const logs = rateGrid.map((p) => passes * Math.log(p) + (trials - passes) * Math.log1p(-p));
  const top = Math.max(...logs);
  return logs.map((value) => Math.exp(value - top));
}
