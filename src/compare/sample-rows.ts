import type { SampleAssessment, SampleClass } from '../records/assessment.ts';
import { type IndexedSample, type IndexedSlot, type RunIndex, scoreIn } from '../records/run-index.ts';
import { type Count, countOf, firstStage, plannedRepeats, type SampleCounts, sameSamples } from './counts.ts';
import type { SuiteDecision } from './decide.ts';
import { meanOf } from './values.ts';

/** Most telling first. */
const severity: readonly SampleClass[] = [
  'regressed',
  'suspect',
  'errored',
  'flaky',
  'stable-fail',
  'fixed',
  'new',
  'waived',
  'removed',
  'stable-pass',
];

/** One row per sample of either side, by severity, then p, then id. */
export function sampleRows(input: {
  current: RunIndex;
  pool: readonly RunIndex[];
  counts: readonly SampleCounts[];
  classes: ReadonlyMap<string, SampleClass>;
  suite: SuiteDecision | undefined;
}): SampleAssessment[] {
  const { current, pool, counts, classes, suite } = input;
  const repeats = plannedRepeats(current);
  // Rows that are alike share their parts: most samples of a large suite have the same counts and scores.
  const sides = sharing(({ passes, repeats }: NonNullable<SampleAssessment['current']>) => `${passes}/${repeats}`);
  const scores = sharedScores();
  const rows = counts.map((count): SampleAssessment => {
    const { id } = count;
    const now = current.samples.get(id);
    const sample = now ?? pool[0]?.samples.get(id);
    const before = sample ? sameSamples(sample, pool) : [];
    const p = suite?.finalP.get(id);
    const adjusted = suite?.adjusted.get(id);
    return {
      id,
      class: classes.get(id) ?? 'new',
      ...(count.baseline && count.baseline.repeats > 0 ? { baseline: sides({ ...count.baseline }) } : {}),
      ...(now ? { current: sides({ ...countOf(now.slots) }) } : {}),
      ...(p === undefined ? {} : { p: stored(p) }),
      ...(adjusted === undefined ? {} : { adjusted: stored(Math.min(1, adjusted)) }),
      scores: scores(
        before.flatMap((run) => firstStage(run.sample, run.repeats)),
        now ? firstStage(now, repeats) : [],
      ),
      ...placeOf(sample),
      ...(count.isChanged ? { changes: ['its content differs from the baseline, so it is not compared'] } : {}),
    };
  });
  return rows.sort(bySeverity);
}

/** `scoresOf`, one object for those that are alike. */
function sharedScores(): typeof scoresOf {
  const share = sharing((scores: SampleAssessment['scores']) => JSON.stringify(scores));
  // Lists of scores are shared by the index already, so a single slot is mostly like an earlier one at sight.
  const alone = new Map<readonly unknown[], SampleAssessment['scores']>();
  return (before, now) => {
    const only = before.length === 0 && now.length === 1 ? now[0]?.scores : undefined;
    const found = only && alone.get(only);
    if (found) return found;
    const scores = share(scoresOf(before, now));
    if (only && alone.size < maxShared) alone.set(only, scores);
    return scores;
  };
}

/** Gives the first value of those with the same key, as far as memory for them pays. */
function sharing<T>(keyOf: (value: T) => string): (value: T) => T {
  const known = new Map<string, T>();
  return (value) => {
    const key = keyOf(value);
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size < maxShared) known.set(key, value);
    return value;
  };
}

const maxShared = 2000;

/** p-values as they are stored: 12 significant digits, so that rounding differences of platforms do not show. */
export function stored(p: number): number {
  return Number(p.toPrecision(12));
}

/** The class of every sample without a comparison: what has a verdict is new. */
export function isMeasured({ current, planned }: { current?: Count; planned?: number }): boolean {
  return current !== undefined && current.repeats > 0 && current.repeats * 2 >= (planned ?? 0);
}

function bySeverity(a: SampleAssessment, b: SampleAssessment): number {
  const rank = severity.indexOf(a.class) - severity.indexOf(b.class);
  if (rank !== 0) return rank;
  const p = (a.p ?? 1) - (b.p ?? 1);
  return p !== 0 ? p : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function scoresOf(before: readonly IndexedSlot[], now: readonly IndexedSlot[]): SampleAssessment['scores'] {
  const names = new Set([...before, ...now].flatMap((slot) => slot.scores.map(({ checker }) => checker)));
  return Object.fromEntries(
    [...names].sort().map((name) => {
      const baseline = meanScore(before, name);
      const current = meanScore(now, name);
      return [name, { ...(baseline === undefined ? {} : { baseline }), ...(current === undefined ? {} : { current }) }];
    }),
  );
}

function meanScore(slots: readonly IndexedSlot[], name: string): number | undefined {
  const mean = meanOf(slots.flatMap((slot) => scoreIn(slot, name) ?? []));
  return mean === undefined ? undefined : Math.min(1, Math.max(0, mean));
}

function placeOf(sample: IndexedSample | undefined): Pick<SampleAssessment, 'file' | 'line' | 'critical'> {
  if (!sample) return {};
  const { file, line, critical } = sample;
  return { file, line, ...(critical ? { critical } : {}) };
}
