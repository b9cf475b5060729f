import type { PreferenceAssessment } from '../records/assessment.ts';
import type { RunIndex } from '../records/run-index.ts';
import type { JudgeUsage } from '../records/score.ts';
import { deflate } from './history-guard.ts';
import { signFlip } from './sign-flip.ts';
import { type FamilyTest, minSliceSamples } from './slices.ts';
import { studentQuantile } from './special-functions.ts';

/** Comparisons of one sample's answers with those of the baseline. */
export interface PreferenceCounts {
  wins: number;
  ties: number;
  losses: number;
  /** The judge's words on the first answer that lost. */
  reason?: string;
}

/** What a judge prefers, answer by answer. */
export interface PreferenceTally {
  /** By sample id; a sample without a comparison is left out. */
  samples: ReadonlyMap<string, PreferenceCounts>;
  /** Pairs of answers on which the judge said nothing that counts. */
  unscored: number;
  /** Pairs that were not put to the judge: it was stopped, or the budget was used up. */
  unasked: number;
  /** Of all comparisons, paid earlier or now. */
  usage?: JudgeUsage;
}

export interface PreferenceEffect {
  sides: Pick<PreferenceAssessment, 'samples' | 'wins' | 'ties' | 'losses' | 'unscored' | 'unasked' | 'share' | 'interval' | 'worst' | 'usage'>;
  /** Absent with too few samples. */
  test?: FamilyTest & { lower95: number };
}

/** Samples that are listed with the judge's words. */
const maxListed = 20;

/**
 * How often today's answers are preferred. A sample counts by the mean over its answers of 1 for a win, ½ for a tie and 0
 * for a loss; the share is the mean over the samples. When nothing changed, each sample's mean is as likely to be as far on
 * the other side of ½, because each answer of either side is compared once and in both orders: the exact sign-flip test, its
 * p-values holding the observed sum, so that false alarms are never more than the level.
 * The interval is that of the mean, its centre included, when one sample more has won everything and one has lost everything
 * (an interval of samples that all tie would have no width, and one around the share itself is too narrow where few samples
 * fall out otherwise than the rest; Agresti and Coull 1998 for a proportion).
 */
export function preferenceEffect(current: RunIndex, tally: PreferenceTally, inflation: number): PreferenceEffect {
  const counted = [...tally.samples].filter(([id]) => current.samples.has(id)).sort(([a], [b]) => (a < b ? -1 : 1));
  const sum = (key: 'wins' | 'ties' | 'losses') => counted.reduce((total, [, counts]) => total + counts[key], 0);
  const facts = {
    samples: counted.length,
    wins: sum('wins'),
    ties: sum('ties'),
    losses: sum('losses'),
    ...(tally.unscored > 0 ? { unscored: tally.unscored } : {}),
    ...(tally.unasked > 0 ? { unasked: tally.unasked } : {}),
    ...(tally.usage ? { usage: tally.usage } : {}),
  };
  if (counted.length === 0) return { sides: facts };
  const n = counted.length;
  const leads = counted.map(([, { wins, ties, losses }]) => (wins - losses) / (2 * (wins + ties + losses)));
  const lead = leads.reduce((total, value) => total + value, 0) / n;
  const squares = leads.reduce((total, value) => total + value * value, 0) + 0.5;
  const error = Math.sqrt(((squares - (n * lead) ** 2 / (n + 2)) / ((n + 1) * (n + 2))) * inflation);
  const half = studentQuantile(0.975, n + 1) * error;
  const centre = (n * lead) / (n + 2);
  const sides = {
    ...facts,
    share: 0.5 + lead,
    interval: [Math.max(0, 0.5 + centre - half), Math.min(1, 0.5 + centre + half)] satisfies [number, number],
    worst: worstOf(counted),
  };
  if (n < minSliceSamples) return { sides };
  const { pLower, pUpper } = signFlip(wholeLeads(counted.map(([, counts]) => counts)));
  const test = { name: 'preference', pWorse: deflate(pLower, inflation), pBetter: deflate(pUpper, inflation) };
  return { sides, test: { ...test, lower95: centre - studentQuantile(0.95, n + 1) * error } };
}

/** The leads of the samples as whole numbers of one unit. */
function wholeLeads(samples: readonly PreferenceCounts[]): number[] {
  const sizes = new Set(samples.map(({ wins, ties, losses }) => wins + ties + losses));
  const unit = [...sizes].reduce((product, size) => leastCommonMultiple(product, size), 1);
  return samples.map(({ wins, ties, losses }) => Math.round(((wins - losses) * unit) / (wins + ties + losses)));
}

/** Kept small: beyond this the differences are rounded to one part in so many. */
const maxUnit = 5_040;

function leastCommonMultiple(a: number, b: number): number {
  let [left, right] = [a, b];
  while (right !== 0) [left, right] = [right, left % right];
  return Math.min(maxUnit, (a / left) * b);
}

function worstOf(counted: readonly (readonly [string, PreferenceCounts])[]): PreferenceAssessment['worst'] {
  return counted
    .filter(([, { wins, losses }]) => losses > wins)
    .sort(([, a], [, b]) => b.losses - b.wins - (a.losses - a.wins))
    .slice(0, maxListed)
    .map(([sample, { wins, ties, losses, reason }]) => ({ sample, wins, ties, losses, ...(reason === undefined ? {} : { reason }) }));
}
