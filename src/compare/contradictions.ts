import type { Assessment } from '../records/assessment.ts';
import type { RunIndex } from '../records/run-index.ts';
import { countOf, sampleCounts } from './counts.ts';
import { passRateInterval } from './intervals.ts';
import { runState } from './run-state.ts';

/** Rates are worked out by the same sums; only a changed number differs by more. */
const tolerance = 1e-9;
/** Samples that a message names. */
const maxNamed = 3;

/**
 * What an assessment claims of its own run that the run log does not show, in words; empty when they agree. Only what
 * the log alone can show: suite, run, commit, completeness, outcomes, pass rate, passes of every sample, class counts.
 * What it says of the baseline stays its word.
 */
export function contradictions(assessment: Assessment, log: RunIndex): string[] {
  const state = runState(log, undefined);
  const { run, verdict, outcomes } = assessment;
  const found = [
    differs('the suite', assessment.suite, log.header?.suite),
    differs('the run', run.runId, log.header?.runId),
    differs('the commit', run.sha, log.header?.git?.sha),
    verdict.complete && !(state.isComplete && log.end) ? 'it says that the run is complete, and its run log is not' : undefined,
    ...Object.entries(state.outcomes).map(([name, count]) =>
      differs(`slots with outcome ${name}`, outcomes[name as keyof typeof outcomes] ?? 0, count),
    ),
    ...passRateClaims(assessment, log),
    ...sampleClaims(assessment, log),
    ...countClaims(assessment),
  ];
  return found.filter((claim) => claim !== undefined);
}

function differs(what: string, claimed: string | number | undefined, logged: string | number | undefined): string | undefined {
  if (claimed === logged) return undefined;
  return `${what}: ${claimed ?? 'nothing'} in the assessment, ${logged ?? 'nothing'} in the run log`;
}

function passRateClaims({ passRate, waivers = [] }: Assessment, log: RunIndex): (string | undefined)[] {
  const waived = new Set(waivers.filter(({ isLapsed }) => !isLapsed).map(({ sample }) => sample));
  const counts = sampleCounts(log, []).filter(({ id }) => !waived.has(id));
  const rate = passRateInterval(counts.flatMap(({ current }) => current ?? []))?.rate;
  const isSame = rate === undefined || passRate === undefined ? rate === passRate : Math.abs(rate - passRate) <= tolerance;
  return [isSame ? undefined : differs('the pass rate', passRate, rate)];
}

function sampleClaims({ samples }: Assessment, log: RunIndex): string[] {
  const rows = new Map(samples.map((row) => [row.id, row]));
  const wrong = [...log.samples.values()].filter((sample) => {
    const claimed = rows.get(sample.id)?.current;
    const { passes, repeats } = countOf(sample.slots);
    return claimed?.passes !== passes || claimed.repeats !== repeats;
  });
  const invented = samples.filter(({ id, current }) => current !== undefined && !log.samples.has(id));
  return [
    ...named(
      'other passes than the run log has',
      wrong.map(({ id }) => id),
    ),
    ...named(
      'results of samples that the run log does not have',
      invented.map(({ id }) => id),
    ),
    ...(rows.size < samples.length ? ['a sample is listed twice'] : []),
  ];
}

function named(what: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const more = ids.length > maxNamed ? ` and ${ids.length - maxNamed} more` : '';
  return [`${what}: ${ids.slice(0, maxNamed).join(', ')}${more}`];
}

/** Samples that have no class of their own are shown as new, and are not counted. */
function countClaims({ counts, samples }: Assessment): (string | undefined)[] {
  const shown = new Map<string, number>();
  for (const { class: name } of samples) shown.set(name, (shown.get(name) ?? 0) + 1);
  const names = new Set([...Object.keys(counts), ...shown.keys()]);
  return [...names].map((name) => {
    const [claimed = 0, listed = 0] = [counts[name as keyof typeof counts], shown.get(name)];
    const isSame = name === 'new' ? claimed <= listed : claimed === listed;
    return isSame ? undefined : `${claimed} samples are counted as ${name}, and ${listed} are listed`;
  });
}
