import type { Calibration, CalibrationDesign } from '../../records/calibration.ts';
import { maxPooledRuns } from '../../records/policy.ts';
import { counted, percent } from '../words.ts';

/** False alarms that the procedure promises at most, in suites whose repeats are independent. */
const promisedAlarms = 0.025;
/** Runs from which on movement between them can be seen. */
const minRunsForMovement = 3;

/** What to do, in words, the most important first; does not look at the recommendation that is there. */
export function recommend(calibration: Calibration): string[] {
  return [
    ...designAdvice(calibration),
    ...alarmAdvice(calibration),
    ...movementAdvice(calibration),
    ...flakyAdvice(calibration),
    ...errorAdvice(calibration),
  ];
}

function designAdvice({ wanted, designs }: Calibration): string[] {
  const { now, cheapest, withTodaysSamples: today, neededSamples } = designs;
  const target = `a drop of ${size(wanted.drop)} in ${percent(wanted.power)} of the runs`;
  const isEnough = now.drop !== undefined && now.drop <= wanted.drop + 1e-9;
  if (isEnough) {
    const saving = cheapest && cheapest.calls < now.calls ? ` ${sentence(describeDesign(cheapest))} would do too: ${costOf(cheapest)}.` : '';
    return [`Keep the suite as it is: ${describeDesign(now)} find ${target}, at ${costOf(now)}.${saving}`];
  }
  if (!cheapest) {
    const more =
      neededSamples === undefined
        ? 'More repeats and samples alone do not get there: the suite moves too much from run to run, or too little of it can fall.'
        : `About ${counted(neededSamples, 'sample')} of the same kind with ${counted(now.repeats, 'repeat')} against ${counted(maxPooledRuns, 'baseline run')} would.`;
    return [`No design up to 10 repeats, ${maxPooledRuns} baseline runs and 4 times the samples finds ${target}. ${more}`];
  }
  const first = today ?? cheapest;
  const other =
    today && cheapest.calls < today.calls
      ? [`Cheaper, with more samples of the same kind: ${describeDesign(cheapest)}, at ${costOf(cheapest)}.`]
      : [];
  return [`To find ${target}, use ${describeDesign(first)}: ${costOf(first)} (now ${costOf(now)}).`, ...other];
}

function alarmAdvice({ falseAlarms: { simulated, pairs } }: Calibration): string[] {
  const alarms = pairs.filter(({ alarm }) => alarm).length;
  const moved =
    alarms > 0
      ? [
          `${alarms} of your own runs would have been called a regression against the others: if something was changed on purpose between them, calibrate with the runs after it.`,
        ]
      : [];
  if (simulated.interval[0] <= promisedAlarms) return moved;
  return [
    ...moved,
    `The false-alarm rate is above the ${percent(promisedAlarms)} that the procedure promises. The usual cause is movement between runs: compare base and head in one job, or tolerate a margin (policy.margin).`,
  ];
}

function movementAdvice({ movement, runs }: Calibration): string[] {
  const complete = runs.filter((run) => run.complete).length;
  if (!movement) {
    if (runs.length < minRunsForMovement)
      return [
        `Record ${minRunsForMovement} runs or more, at different times: run-to-run movement cannot be seen from ${runs.length === 1 ? 'one run' : `${runs.length} runs`}, and all numbers here assume that there is none.`,
      ];
    return [
      `Movement between runs is not known although there are ${complete} complete runs: it needs ${minRunsForMovement} with the same samples and the same repeats without errors.`,
    ];
  }
  if (movement.isCorrelated)
    return [
      `Repeats of one run are alike (correlation ${movement.correlation.toFixed(2)}): more runs tell more than more repeats. A cache, a fixed seed or a temperature of 0 in the agent does this.`,
    ];
  if (movement.isMoving)
    return [
      `The whole suite moves by about ${size(movement.tau)} from run to run, which no repeats average out: run base and head close in time, or pool runs of several days.`,
    ];
  return [];
}

function flakyAdvice({ designs, samples }: Calibration): string[] {
  const { withoutFlakiest: without, now } = designs;
  const flakiest =
    without && now.drop !== undefined && without.drop < now.drop
      ? [
          `The ${without.samples === 1 ? 'flakiest sample makes' : `${without.samples} flakiest samples make`} ${percent(without.share)} of the noise: made steady or taken out, the suite finds ${size(without.drop)} instead of ${size(now.drop)}.`,
        ]
      : [];
  const never = samples.neverPass.length;
  return never === 0
    ? flakiest
    : [...flakiest, `${counted(never, 'sample')} never ${never === 1 ? 'passes' : 'pass'} and cannot show a drop: correct or remove them.`];
}

function errorAdvice({ samples, runs }: Calibration): string[] {
  const errors = runs.reduce((sum, run) => sum + run.errors, 0);
  const all = errors + runs.reduce((sum, run) => sum + run.slots, 0);
  if (errors === 0 || errors < 0.05 * all) return [];
  return [
    `${percent(errors / all)} of the slots have no verdict, in ${counted(samples.withErrors.length, 'sample')}: repair this first, errors hide failures.`,
  ];
}

/** `50 samples × 3 repeats against 5 baseline runs`. */
export function describeDesign({ samples, repeats, baselineRuns }: CalibrationDesign): string {
  return `${counted(samples, 'sample')} × ${counted(repeats, 'repeat')} against ${counted(baselineRuns, 'baseline run')}`;
}

function costOf({ calls, costUsd }: CalibrationDesign): string {
  const usd = costUsd === undefined ? '' : `, about $${costUsd.toFixed(costUsd < 0.1 ? 4 : 2)}`;
  return `${counted(calls, 'agent call')} per run${usd}`;
}

/** A drop in percentage points, without a sign. */
function size(drop: number): string {
  return `${(drop * 100).toFixed(1)} pp`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
