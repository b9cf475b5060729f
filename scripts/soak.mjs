// npm run soak: every sweep in full (kills, signals, faults, fuzz, corpus, scale) on the built dist, and the table of docs/reliability.md.
// Exit 1 when a goal is missed or a test fails, 2 for an argument it does not know: it takes hours, which nobody starts by a slip.
// It needs nothing but this machine.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const saved = join(root, 'docs/soak.json');
const usage = `npm run soak -- [FILE...] [--save]       all sweeps, or those whose files' names contain one of the words
npm run soak -- suite [--runs N] [--go-on] [--save]   the whole suite 20 times in a row, which is no part of the rest
  --save     put the rows into docs/soak.json; those of other files stay
  --runs N   make N of the 20
  --go-on    count on from the saved row
`;
const {
  positionals: filters,
  values: { save: isSaved, runs: wantedRuns, 'go-on': isCountedOn },
} = readArguments();

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const isSuite = filters.includes('suite');
const { status, rows } = isSuite ? repeatSuite() : sweep();

for (const { goal, what, wanted, measured, isMet } of rows)
  process.stdout.write(`${isMet ? 'ok  ' : 'MISS'} ${goal.padEnd(4)} ${what}: ${measured} (wanted: ${wanted})\n`);
if (isSaved) save(rows);
process.exitCode = status === 0 && rows.length > 0 && rows.every(({ isMet }) => isMet) ? 0 : 1;

function readArguments() {
  const options = { save: { type: 'boolean' }, runs: { type: 'string' }, 'go-on': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } };
  try {
    const read = parseArgs({ options, allowPositionals: true });
    const { runs, help, 'go-on': isCountedOn } = read.values;
    if (help) {
      process.stdout.write(usage);
      process.exit(0);
    }
    if (runs !== undefined && !/^[1-9]\d*$/.test(runs)) throw new Error(`--runs takes a whole number from 1, found "${runs}"`);
    const ofSuite = runs !== undefined || isCountedOn;
    if (ofSuite && !read.positionals.includes('suite')) throw new Error('--runs and --go-on count runs of the suite: name it');
    return read;
  } catch (error) {
    process.stderr.write(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
}

function sweep() {
  const folder = mkdtempSync(join(tmpdir(), 'agent-regress-soak-'));
  const file = join(folder, 'rows.jsonl');
  writeFileSync(file, '');
  // One file at a time: what is measured is not to be what another sweep takes.
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'soak', '--no-file-parallelism', ...filters], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, SOAK: 'full', SOAK_ROWS: file },
  });
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  rmSync(folder, { recursive: true });
  return { status, rows };
}

/** A test that fails once in a while teaches people not to believe red. Stops at the first run that is not green. */
function repeatSuite() {
  const [goal, what, wanted] = ['G9', 'the whole suite, again and again', 20];
  const before = isCountedOn ? savedRows().find((row) => row.what === what) : undefined;
  let green = Number(before?.measured.match(/^\d+/)?.[0] ?? 0);
  const last = wantedRuns === undefined ? wanted : green + Number(wantedRuns);
  let status = 0;
  while (green < last && status === 0) {
    ({ status } = spawnSync(process.execPath, [join(root, 'scripts/test.mjs')], { cwd: root, stdio: 'inherit' }));
    if (status === 0) process.stdout.write(`run ${++green} of ${wanted} is green\n`);
  }
  const measured = status === 0 ? `${green} green runs in a row` : `not green, after ${green} in a row that were`;
  return { status, rows: [{ goal, what, wanted: `${wanted} green runs in a row`, measured, isMet: status === 0 && green >= wanted }] };
}

function savedRows() {
  return JSON.parse(readFileSync(saved, 'utf8')).rows;
}

function save(added) {
  const kept = savedRows().filter((old) => !added.some(({ goal, what }) => goal === old.goal && what === old.what));
  const all = [...kept, ...added].sort((a, b) => a.goal.localeCompare(b.goal, 'en', { numeric: true }) || a.what.localeCompare(b.what));
  const machine = { processors: cpus().length, node: process.versions.node, system: process.platform };
  writeFileSync(saved, `${JSON.stringify({ machine, rows: all }, null, 2)}\n`);
}
