// Cells: one simulated situation each, as plain data that a worker can be sent and that names its own stream of random numbers.

/** `9v3`: 9 pooled baseline repeats against 3 new ones. Several baseline runs have the new side's repeats each, as in the product. */
const designs = {
  '1v1': { runs: 1, baseRepeats: 1, repeats: 1 },
  '3v3': { runs: 1, baseRepeats: 3, repeats: 3 },
  '9v3': { runs: 3, baseRepeats: 3, repeats: 3 },
  '15v3': { runs: 5, baseRepeats: 3, repeats: 3 },
  '5v1': { runs: 5, baseRepeats: 1, repeats: 1 },
  '5v5': { runs: 1, baseRepeats: 5, repeats: 5 },
  '25v5': { runs: 5, baseRepeats: 5, repeats: 5 },
  '30v10': { runs: 3, baseRepeats: 10, repeats: 10 },
  '50v10': { runs: 5, baseRepeats: 10, repeats: 10 },
};

const scenarioWords = {
  null: '',
  drop3: 'every sample 3 pp worse',
  drop8: 'every sample 8 pp worse',
  conc5: '5 % of the samples break',
  half10: '10 % become coin flips',
  slice: 'one slice of 10 % passes half as often',
  improve: 'improved',
  detectable: 'worse by the detectable drop',
};

/** What else is special about a cell, in words. */
const specials = {
  correlation: (deviation) => `repeats of a run alike (logit sd ${deviation})`,
  isRerunAlike: () => 're-runs alike too',
  drift: (deviation) => `runs drift (logit sd ${deviation})`,
  errors: (share) => `${100 * share} % errors`,
  baselineErrors: (share) => `${100 * share} % errors in the baseline`,
  hangs: (share) => `${100 * share} % of the samples hang`,
  kind: (kind) => (kind === 'slices' ? '10 slices' : kind),
  growth: (growth) => (growth === 0 ? 'unchanged' : `${100 * growth} % slower`),
  movement: (deviation) => `runs move (log sd ${deviation})`,
  margin: (margin) => `margin ${100 * margin} %`,
  options: (options) => Object.entries(options).map(([key, value]) => `${key} ${value}`),
};

/** A cell with its label. `more`: what `specials` lists. */
export function cellOf({ samples = 50, design = '3v3', population = 'typical', scenario = 'null', ...more }) {
  const world = typeof population === 'number' ? `all pass ${100 * population} %` : population;
  const words = Object.entries(more).flatMap(([key, value]) => specials[key](value));
  const label = [`${samples} × ${design}`, world, scenarioWords[scenario], ...words].filter((word) => word !== '').join(', ');
  return { label, samples, population, scenario, ...designs[design], ...more };
}

/** Every combination of the lists given by key. */
export function cross(lists) {
  return Object.entries(lists).reduce((cells, [key, values]) => cells.flatMap((cell) => values.map((value) => ({ ...cell, [key]: value }))), [{}]);
}
