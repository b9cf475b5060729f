import type { WaiverAssessment } from '../records/assessment.ts';
import type { Policy } from '../records/policy.ts';
import type { RunIndex } from '../records/run-index.ts';
import type { ComparisonInput } from './comparison.ts';

/** A comparison without the samples whose failure is known and accepted for a time. */
export interface WaivedComparison<T> {
  /** The same input where nothing is waived. */
  judged: T;
  /** Every waiver that concerns a sample of this run, by id; the lapsed ones waive nothing. */
  waivers: WaiverAssessment[];
  /** Ids of the samples that are left out. */
  waived: ReadonlySet<string>;
}

/**
 * Takes waived samples out of both sides. A waiver holds to the end of its date (UTC); the day on which the run started
 * decides, so that the same logs give the same verdict on any day. Of several waivers of a sample the longest holds.
 */
export function applyWaivers<T extends Pick<ComparisonInput, 'current' | 'pool' | 'policy'>>(input: T): WaivedComparison<T> {
  const { current, pool, policy } = input;
  const waivers = waiversOf(policy, current);
  const waived = new Set(waivers.filter(({ isLapsed }) => !isLapsed).map(({ sample }) => sample));
  if (waived.size === 0) return { judged: input, waivers, waived };
  return { judged: { ...input, current: without(current, waived), pool: pool.map((run) => without(run, waived)) }, waivers, waived };
}

function waiversOf({ waivers }: Policy, { samples, header }: RunIndex): WaiverAssessment[] {
  const today = header?.startedAt.slice(0, 10) ?? '';
  const longest = new Map<string, WaiverAssessment>();
  for (const { samples: ids, reason, until } of waivers) {
    for (const sample of ids) {
      const known = longest.get(sample);
      if (!samples.has(sample) || (known && known.until >= until)) continue;
      longest.set(sample, { sample, reason, until, isLapsed: until < today });
    }
  }
  return [...longest.values()].sort((a, b) => (a.sample < b.sample ? -1 : 1));
}

function without(run: RunIndex, ids: ReadonlySet<string>): RunIndex {
  return { ...run, samples: new Map([...run.samples].filter(([id]) => !ids.has(id))) };
}
