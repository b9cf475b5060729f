// npm run simulate: measures the error rates of the product's own decision in simulated worlds and compares them with the goals.
// --quick: fewer trials and goals, for CI. --goal NAME (repeatable), --trials N (per cell), --seed TEXT, --workers N (default: all cores),
// --rule mean-dropped | any-flip: decide otherwise, to see the goals missed. Exit 1 when a goal is missed, 2 for a wrong flag.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { goals } from './goals.mjs';
import { createPool } from './pool.mjs';
import { rules } from './rules.mjs';

const ruleNames = Object.keys(rules);
const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    goal: { type: 'string', multiple: true, default: [] },
    trials: { type: 'string' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
    rule: { type: 'string', default: 'product' },
  },
});

/** Of a goal that counts its worst cell, so many of the worst are measured again, with more trials. */
const again = { cells: 4, factor: flags.quick ? 4 : 8 };

function refuse(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

const names = new Set(goals.map(({ name }) => name));
const trialsWanted = flags.trials === undefined ? undefined : Number(flags.trials);
for (const name of flags.goal) if (!names.has(name)) refuse(`no goal "${name}"; there are: ${[...names].join(', ')}`);
if (!ruleNames.includes(flags.rule)) refuse(`no rule "${flags.rule}"; there are: ${ruleNames.join(', ')}`);
if (trialsWanted !== undefined && !(Number.isInteger(trialsWanted) && trialsWanted > 1)) refuse('--trials: a whole number above 1');
if (!/^[1-9][0-9]*$/.test(flags.workers)) refuse('--workers: a whole number above 0');

/** The goals of this run with the cells and trials that they take. */
const chosen = goals
  .filter(({ name, quick }) => (flags.goal.length === 0 || flags.goal.includes(name)) && (!flags.quick || quick))
  .map((goal) => ({
    ...goal,
    cells: flags.quick ? goal.cells.filter(goal.quick.takes ?? (() => true)) : goal.cells,
    trials: trialsWanted ?? (flags.quick ? goal.quick.trials : goal.trials),
  }));

const start = performance.now();
const pool = createPool({ workers: Number(flags.workers), seed: flags.seed, rule: flags.rule, onProgress: progress });
const first = await pool.runCells(
  gather(chosen, (goal) => goal.cells, 1),
  'first',
);
const second = await pool.runCells(
  gather(
    chosen.filter(({ isWorst }) => isWorst),
    (goal) => worstCells(goal, first).slice(0, again.cells),
    again.factor,
  ),
  'again',
);
await pool.close();

const lines = [];
let missed = 0;
let measured = 0;
let title = '';
for (const goal of chosen) {
  if (goal.title !== title) lines.push('', `${goal.name}: ${goal.title}`);
  title = goal.title;
  for (const { cell, results } of shownCells(goal)) {
    const row = rowOf(goal, cell, results);
    if (row.word === 'MISS') missed++;
    if (row.word !== 'shown') measured++;
    lines.push(`  ${row.text}`);
  }
}
const seconds = Math.round((performance.now() - start) / 1000);
process.stdout.write(
  [
    ...lines,
    '',
    'n v m: n pooled repeats of the baseline against m new ones. After ± stands one Monte Carlo standard error; a goal is missed (MISS) when the',
    'value is beyond it by more than two of them. The worst of many cells is measured again with fresh random numbers.',
    `Seed ${flags.seed}, rule ${flags.rule}, ${seconds} s, Node ${process.version}.`,
    missed === 0 ? `All ${measured} measurements meet their goals.` : `${missed} of ${measured} measurements miss their goal.`,
    '',
  ].join('\n'),
);
process.exitCode = missed === 0 ? 0 : 1;

/** Each cell once, with the most trials that a goal wants of it. */
function gather(list, cellsOf, factor) {
  const wanted = new Map();
  for (const goal of list) {
    for (const cell of cellsOf(goal)) {
      const trials = Math.max(goal.trials * factor, wanted.get(cell.label)?.trials ?? 0);
      wanted.set(cell.label, { cell, trials });
    }
  }
  return wanted;
}

function worstCells(goal, results) {
  const value = ({ label }) => results.get(label)?.get(goal.measure)?.mean ?? Number.NaN;
  const sign = goal.atMost === undefined ? 1 : -1;
  return goal.cells.filter((cell) => !Number.isNaN(value(cell))).sort((a, b) => sign * (value(a) - value(b)));
}

/** The cells to print with the results to print: of a goal that counts its worst, the worst after the second measurement. */
function shownCells(goal) {
  if (!goal.isWorst) return goal.cells.map((cell) => ({ cell, results: first }));
  const suspects = worstCells(goal, first).slice(0, again.cells);
  return [{ cell: worstCells({ ...goal, cells: suspects }, second)[0], results: second }];
}

function rowOf(goal, cell, results) {
  const { mean, standardError, count } = results.get(cell.label).get(goal.measure);
  const value = `${(100 * mean).toFixed(2)} ± ${(100 * standardError).toFixed(2)} %`.padStart(15);
  const where = `${cell.label}${goal.isWorst ? `; worst of ${goal.cells.length}` : ''} (${count.toLocaleString('en')} comparisons)`;
  if (goal.atMost === undefined && goal.atLeast === undefined) return { word: 'shown', text: `shown ${value}  no goal       ${where}` };
  const isMissed = goal.atMost === undefined ? mean + 2 * standardError < goal.atLeast : mean - 2 * standardError > goal.atMost;
  const word = isMissed ? 'MISS' : 'ok';
  const limit = goal.atMost === undefined ? `≥ ${percent(goal.atLeast)}` : `≤ ${percent(goal.atMost)}`;
  return { word, text: `${word.padEnd(5)} ${value}  ${`goal ${limit}`.padEnd(14)}${where}` };
}

function percent(value) {
  return `${Number((100 * value).toFixed(2))} %`;
}

/** A line for every tenth that is done, on standard error. */
function progress(share) {
  const tenth = Math.floor(share * 10 + 1e-9);
  if (tenth === progress.last) return;
  progress.last = tenth;
  process.stderr.write(`${tenth * 10} % after ${Math.round((performance.now() - start) / 1000)} s\n`);
}
