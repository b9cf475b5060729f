import type { SampleAssessment, SampleClass } from '../records/assessment.ts';
import { type IndexedSample, type IndexedSlot, type RunIndex, scoreIn } from '../records/run-index.ts';
import { type Count, countOf, firstStage, plannedRepeats, type SampleCounts, sameSamples } from './counts.ts';
import type { SuiteDecision } from './decide.ts';
import { meanOf } from './values.ts';

/** Most telling first. */
const severity: readonly SampleClass[] = ['regressed', 'suspect', 'errored', 'flaky', 'stable-fail', 'fixed', 'new', 'removed', 'stable-pass'];

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
  const shared = new Map<string, unknown>();
  /** Rows that are alike share their parts: most samples of a large suite have the same counts and scores. */
  const share = <T>(value: T): T => {
    const key = JSON.stringify(value);
    if (!shared.has(key) && shared.size < maxShared) shared.set(key, value);
    return (shared.get(key) ?? value) as T;
  };
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
      ...(count.baseline && count.baseline.repeats > 0 ? { baseline: share({ ...count.baseline }) } : {}),
      ...(now ? { current: share({ ...countOf(now.slots) }) } : {}),
      ...(p === undefined ? {} : { p: stored(p) }),
      ...(adjusted === undefined ? {} : { adjusted: stored(Math.min(1, adjusted)) }),
      scores: share(
        scoresOf(
          before.flatMap((run) => firstStage(run.sample, run.repeats)),
          now ? firstStage(now, repeats) : [],
        ),
      ),
      ...placeOf(sample),
      ...(count.isChanged ? { changes: ['its content differs from the baseline, so it is not compared'] } : {}),
    };
  });
  return rows.sort(bySeverity);
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
