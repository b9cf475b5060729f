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

/** A cell with its label. `more`: violations, options of the decision, kind of the comparison. */
export function cellOf({ samples = 50, design = '3v3', population = 'typical', scenario = 'null', ...more }) {
  const extra = Object.entries(more).map(([key, value]) => (typeof value === 'object' ? Object.keys(value).join(' ') : `${key} ${value}`));
  const world = typeof population === 'number' ? `all at ${population}` : population;
  const label = [`${samples} × ${design}`, world, scenario === 'null' ? '' : scenario, ...extra].filter((word) => word !== '').join(', ');
  return { label, samples, population, scenario, ...designs[design], ...more };
}

/** Every combination of the lists given by key. */
export function cross(lists) {
  return Object.entries(lists).reduce((cells, [key, values]) => cells.flatMap((cell) => values.map((value) => ({ ...cell, [key]: value }))), [{}]);
}
