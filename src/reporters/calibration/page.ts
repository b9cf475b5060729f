import type { Calibration, CalibrationDesign, CalibrationRun, SimulatedRate } from '../../records/calibration.ts';
import { cost, count, counted, metric, percent, points, pointsInterval, probability } from '../parts/format.ts';
import { named } from '../parts/phrase.ts';

/** A table of phrases; the first column is text, the others are numbers. */
export interface CalibrationTable {
  columns: string[];
  rows: string[][];
}

export interface CalibrationSection {
  title: string;
  /** Phrases, one line each. */
  lines: string[];
  table?: CalibrationTable;
  /** Phrases below the table. */
  after?: string[];
}

/** A calibration in words: phrases whose names and quotations each sink escapes. */
export interface CalibrationPage {
  headline: string;
  /** The answer in a few sentences. */
  summary: string[];
  /** What to do comes first; together with the answer it fits on a screen. */
  sections: CalibrationSection[];
}

/** Rows of a list of samples; `calibration.json` has them all. */
const shownSamples = 15;
const none = '—';

/** Every number and sentence of a calibration, decided once for all sinks. */
export function calibrationPage(calibration: Calibration): CalibrationPage {
  const sections = [adviceOf, alarmsOf, designsOf, samplesOf, movementOf, runsOf].map((section) => section(calibration));
  return {
    headline: headlineOf(calibration),
    summary: summaryOf(calibration),
    sections: sections.filter(({ lines, table }) => lines.length > 0 || table !== undefined),
  };
}

function headlineOf({ suite, runs, designs, complete }: Calibration): string {
  const { samples, repeats } = designs.now;
  const what = `${counted(runs.length, 'run')} of ${counted(samples, 'sample')} × ${counted(repeats, 'repeat')}`;
  return `${suite.replace(/[`"]/g, "'")}: calibrated from ${what}${complete ? '' : ' (partial)'}.`;
}

function summaryOf({ wanted, designs, falseAlarms, passRate }: Calibration): string[] {
  const { drop, baselineRuns } = designs.now;
  const against = `against ${counted(baselineRuns, 'baseline run')}`;
  const found =
    drop === undefined
      ? `As it is, it finds no drop at all in ${share(wanted.power)} of the runs ${against}.`
      : `As it is, it finds a drop of ${size(drop)} or more in ${share(wanted.power)} of the runs ${against}; wanted: ${size(wanted.drop)}.`;
  return [
    found,
    `False alarms: ${simulated(falseAlarms.simulated)}.`,
    `Pass rate ${percent(passRate.rate)} (95 % interval ${range(passRate.interval)}).`,
  ];
}

function adviceOf({ recommendation, notes }: Calibration): CalibrationSection {
  return { title: 'What to do', lines: [...recommendation, ...notes] };
}

function alarmsOf({ falseAlarms, designs }: Calibration): CalibrationSection {
  const { pairs, relabelled, bySuite, bySample, bySlice, rerunShare } = falseAlarms;
  const alarms = pairs.filter(({ alarm }) => alarm);
  const gates = [
    `whole suite ${percent(bySuite)}`,
    `single samples ${percent(bySample)}`,
    ...(bySlice === undefined ? [] : [`slices ${percent(bySlice)}`]),
  ];
  const { baselineRuns } = designs.now;
  return {
    title: 'False alarms, when nothing changed',
    lines: [
      pairs.length === 0
        ? 'Your runs: one complete run cannot be compared with another.'
        : `Your runs: ${count(alarms.length)} of ${counted(pairs.length, 'pair')} would have been called a regression (each run against the others).`,
      ...alarms.map(({ head, change, pWorse }) => `called a regression: ${named(head)}, ${points(change)}, p ${probability(pWorse)}`),
      `Simulated, against ${counted(baselineRuns, 'baseline run')}: ${simulated(falseAlarms.simulated)}; by ${gates.join(', ')}.`,
      ...(relabelled ? [`Recorded repeats dealt anew to the two sides: ${simulated(relabelled)}.`] : []),
      `Re-runs of suspicious samples: ${percent(rerunShare)} more calls.`,
    ],
  };
}

function designsOf({ designs, wanted, usage }: Calibration): CalibrationSection {
  const sizes = [...new Set(designs.grid.map(({ samples }) => samples))];
  const rows = designs.grid.filter(({ samples }) => samples === sizes[0]);
  const at = (row: CalibrationDesign, samples: number): CalibrationDesign | undefined =>
    designs.grid.find((other) => other.samples === samples && other.repeats === row.repeats && other.baselineRuns === row.baselineRuns);
  const isPriced = designs.now.costUsd !== undefined;
  return {
    title: `Smallest drop found in ${share(wanted.power)} of the runs`,
    lines: [],
    table: {
      columns: [
        'repeats',
        'baseline runs',
        ...sizes.map((samples) => counted(samples, 'sample')),
        'broken sample named',
        'calls per run',
        ...(isPriced ? ['cost per run'] : []),
      ],
      rows: rows.map((row) => [
        count(row.repeats),
        count(row.baselineRuns),
        ...sizes.map((samples) => dropOf(at(row, samples))),
        row.named === undefined ? none : share(row.named),
        count(row.calls),
        ...(isPriced ? [row.costUsd === undefined ? none : cost(row.costUsd)] : []),
      ]),
    },
    after: [
      `Calls and naming with ${counted(sizes[0] ?? 0, 'sample')}; more samples cost in proportion. Named: one sample goes from always pass to always fail, and the verdict is red because of it.`,
      ...(usage.tokensPerCall === undefined
        ? []
        : [
            `A call takes about ${counted(Math.round(usage.tokensPerCall), 'token')}${isPriced && usage.costUsdPerCall !== undefined ? ` and ${metric('costUsd', usage.costUsdPerCall)}` : ''}.`,
          ]),
    ],
  };
}

function samplesOf({ samples }: Calibration): CalibrationSection {
  const { flaky, measured, alwaysPass, neverPass, unmeasured, withErrors } = samples;
  const shown = flaky.slice(0, shownSamples);
  const left = flaky.length - shown.length;
  const alike = flaky.filter(({ isAlikeWithinRuns }) => isAlikeWithinRuns);
  return {
    title: `Flaky samples: ${count(flaky.length)} of ${count(measured)}`,
    lines: [],
    ...(flaky.length === 0
      ? {}
      : {
          table: {
            columns: ['sample', 'passes', 'pass rate', '95 % interval', 'share of the noise'],
            rows: shown.map(({ id, passes, repeats, rate, interval, share: part }) => [
              named(id),
              `${count(passes)}/${count(repeats)}`,
              rate === undefined ? none : percent(rate),
              interval === undefined ? none : range(interval),
              percent(part),
            ]),
          },
        }),
    after: [
      ...(left > 0 ? [`${count(left)} more in calibration.json.`] : []),
      `${count(alwaysPass)} always passed, ${count(neverPass.length)} never did: these say nothing of small drops${neverPass.length > 0 ? ` (never: ${list(neverPass)})` : ''}.`,
      ...(alike.length > 0
        ? [`Repeats agree within each run and differ between runs, beyond chance (p ≤ 0.05 each): ${list(alike.map(({ id }) => id))}.`]
        : []),
      ...(withErrors.length > 0
        ? [
            `Without a verdict in some slots: ${list(
              withErrors.map(({ id }) => id),
              (id, i) => `${id} (${withErrors[i]?.errors} of ${withErrors[i]?.planned})`,
            )}.`,
          ]
        : []),
      ...(unmeasured.length > 0 ? [`Without any verdict: ${list(unmeasured)}.`] : []),
    ],
  };
}

function movementOf({ movement }: Calibration): CalibrationSection {
  if (!movement) return { title: 'Movement between runs', lines: ['Not known: it takes 3 complete runs with the same samples and repeats.'] };
  const { correlation, isCorrelated, p, tau, isMoving, tauP, inflation } = movement;
  return {
    title: 'Movement between runs',
    lines: [
      isCorrelated
        ? `Repeats of one run are alike: correlation ${correlation.toFixed(2)} (p ${probability(p)}).`
        : `Repeats of one run look independent (p ${probability(p)}).`,
      isMoving
        ? `The pass rate of the whole suite moves by ${size(tau)} from run to run (standard deviation, p ${probability(tauP)}).`
        : `The pass rate of the whole suite does not move beyond chance (p ${probability(tauP)}); such movement is not counted above.`,
      `A verdict against these runs counts the variance ${inflation.toFixed(2)} times, to be safe against both.`,
    ],
  };
}

function runsOf({ runs }: Calibration): CalibrationSection {
  return {
    title: 'Runs',
    lines: [],
    table: {
      columns: ['run', 'started', 'pass rate', 'slots with a verdict', 'without'],
      rows: runs.map((run) => [
        runName(run),
        run.startedAt ?? none,
        run.passRate === undefined ? none : percent(run.passRate),
        count(run.slots),
        count(run.errors),
      ]),
    },
  };
}

function runName({ source, sha, complete }: CalibrationRun): string {
  return `${named(sha === undefined ? source : `${source} (${sha.slice(0, 7)})`)}${complete ? '' : ' (partial)'}`;
}

/** At most ten names. */
function list(ids: readonly string[], shown: (id: string, index: number) => string = (id) => id): string {
  const some = ids.slice(0, 10).map((id, index) => named(shown(id, index)));
  return ids.length > some.length ? `${some.join(', ')} and ${count(ids.length - some.length)} more` : some.join(', ');
}

function simulated({ rate, interval, trials }: SimulatedRate): string {
  return `${percent(rate)} (95 % interval ${range(interval)} from ${counted(trials, 'simulated comparison')}, fixed seed)`;
}

/** An interval of rates, with its unit at the end: `1.1 … 2.2 %`. */
function range([low, high]: readonly [number, number]): string {
  return `${pointsInterval([low, high]).replaceAll('+', '')} %`;
}

function dropOf(design: CalibrationDesign | undefined): string {
  return design?.drop === undefined ? 'none' : size(design.drop);
}

/** A drop without a sign. */
function size(drop: number): string {
  return points(drop).replace('+', '');
}

/** A share without decimals: `80 %`. */
function share(value: number): string {
  return percent(value).replace('.0 %', ' %');
}
