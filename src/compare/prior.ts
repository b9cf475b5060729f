import { choose } from './hypergeometric.ts';

/** Passes among trials of one sample, both sides together. */
export interface Trials {
  passes: number;
  trials: number;
}

const grid: readonly number[] = Array.from({ length: 50 }, (_, k) => (k + 0.5) / 50);
const pseudoMass = 2;
const steps = 100;

/**
 * Distribution of the pass rates over the suite as 50 weights at (k + ½)/50: nonparametric maximum likelihood by
 * expectation–maximisation from a uniform start, with a pseudo-mass of two samples spread uniformly. No counts: uniform.
 */
export function fitPrior(counts: readonly Trials[]): number[] {
  const cells = new Map<string, { likelihood: number[]; count: number }>();
  for (const cell of counts) {
    const key = `${cell.passes},${cell.trials}`;
    const found = cells.get(key);
    if (found) found.count++;
    else cells.set(key, { likelihood: likelihoodOf(cell), count: 1 });
  }
  let weights = grid.map(() => 1 / grid.length);
  for (let step = 0; step < steps; step++) {
    const mass = grid.map(() => pseudoMass / grid.length);
    for (const { likelihood, count } of cells.values()) {
      let sum = 0;
      for (let i = 0; i < grid.length; i++) sum += (weights[i] as number) * (likelihood[i] as number);
      for (let i = 0; i < grid.length; i++) mass[i] = (mass[i] as number) + (count * (weights[i] as number) * (likelihood[i] as number)) / sum;
    }
    weights = mass.map((value) => value / (counts.length + pseudoMass));
  }
  return weights;
}

/** Probabilities of 0…repeats passes of an unchanged sample of which `cell` was seen, under the fitted weights. */
export function predictPasses(weights: readonly number[], cell: Trials, repeats: number): number[] {
  const posterior = likelihoodOf(cell).map((value, i) => value * (weights[i] ?? 0));
  const sum = posterior.reduce((s, v) => s + v, 0);
  return Array.from({ length: repeats + 1 }, (_, y) => {
    const ways = choose(repeats, y);
    return grid.reduce((s, p, i) => s + ((posterior[i] ?? 0) / sum) * ways * p ** y * (1 - p) ** (repeats - y), 0);
  });
}

/** Relative to its maximum on the grid: the scale cancels, and large trials do not underflow. */
function likelihoodOf({ passes, trials }: Trials): number[] {
  const logs = grid.map((p) => passes * Math.log(p) + (trials - passes) * Math.log1p(-p));
  const top = Math.max(...logs);
  return logs.map((value) => Math.exp(value - top));
}
