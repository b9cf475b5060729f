import type { CheckerAssessment, Effect, PreferenceAssessment, SliceAssessment } from '../records/assessment.ts';
import type { Policy } from '../records/policy.ts';
import type { RunIndex } from '../records/run-index.ts';
import { type CheckerEffect, checkerEffects } from './checker-effects.ts';
import { sharedAlpha } from './confirmation.ts';
import type { ComparablePair } from './decide.ts';
import { holm } from './multiplicity.ts';
import { type PreferenceEffect, type PreferenceTally, preferenceEffect } from './preference-effect.ts';
import { describeSlices, type FamilyTest, gatedSlices, sliceTests } from './slices.ts';

/** Level of the checkers that are only reported. */
const reportedAlpha = 0.01;

/** Gate C, and what the tables of slices and checkers say. */
export interface FamilyGate {
  isRed: boolean;
  /** Members of the family that got worse. */
  worse: { kind: 'slice' | 'checker' | 'preference'; name: string; p: number }[];
  /** Tests that were corrected together. */
  size: number;
  slices: SliceAssessment[];
  checkers: CheckerAssessment[];
  /** Absent where no judge compared the answers with the baseline's. */
  preference?: PreferenceAssessment;
}

interface Decided {
  p: number;
  isWorse: boolean;
  isBetter: boolean;
}

/**
 * Gate A's test per slice and, when the policy's `slices` name `checkers`, per checker that is not required; Holm's correction
 * over all of them. The other checkers are corrected among themselves and only reported. What a judge prefers counts as a
 * checker that is not required.
 */
export function familyGate(input: {
  current: RunIndex;
  pool: readonly RunIndex[];
  pairs: readonly ComparablePair[];
  policy: Policy;
  inflation: number;
  preference?: PreferenceTally | undefined;
}): FamilyGate {
  const { current, pool, pairs, policy, inflation } = input;
  const slices = sliceTests(gatedSlices(current, pairs, policy), inflation);
  const effects = checkerEffects(current, pool, inflation);
  const isGated = (effect: CheckerEffect): boolean => policy.slices.includes('checkers') && effect.isRequired === false;
  const preferred = input.preference && preferenceEffect(current, input.preference, inflation);
  const isPreferenceGated = policy.slices.includes('checkers');
  const own = preferred?.test ? [preferred.test] : [];
  const gated = effects.filter(isGated).flatMap((effect) => effect.test ?? []);
  const reported = effects.filter((effect) => !isGated(effect)).flatMap((effect) => effect.test ?? []);
  const family = decideTogether([...slices, ...gated, ...(isPreferenceGated ? own : [])], sharedAlpha);
  const others = decideTogether([...reported, ...(isPreferenceGated ? [] : own)], reportedAlpha);
  const bySlice = mapOf(slices, family.slice(0, slices.length));
  const byChecker = new Map([...mapOf(gated, family.slice(slices.length)), ...mapOf(reported, others)]);
  const preference = preferred && { ...preferred, decided: own.length > 0 ? (isPreferenceGated ? family : others).at(-1) : undefined };
  const worse = [
    ...slices.map(({ name }) => ({ kind: 'slice' as const, name, found: bySlice.get(name) })),
    ...gated.map(({ name }) => ({ kind: 'checker' as const, name, found: byChecker.get(name) })),
    ...(isPreferenceGated && preference ? [{ kind: 'preference' as const, name: 'preference', found: preference.decided }] : []),
  ].flatMap(({ kind, name, found }) => (found?.isWorse ? [{ kind, name, p: found.p }] : []));
  return {
    isRed: worse.length > 0,
    worse: worse.sort((a, b) => a.p - b.p),
    size: family.length,
    slices: describeSlices({ current, pairs, policy, inflation, decided: bySlice }),
    checkers: effects.map((effect) => describeChecker(effect, byChecker.get(effect.name))),
    ...(preference ? { preference: describePreference(preference, preference.decided, pool.length > 0) } : {}),
  };
}

function decideTogether(tests: readonly FamilyTest[], alpha: number): Decided[] {
  const worse = holm(tests.map(({ pWorse }) => pWorse));
  const better = holm(tests.map(({ pBetter }) => pBetter));
  return tests.map(({ pWorse }, i) => ({ p: pWorse, isWorse: (worse[i] ?? 1) <= alpha, isBetter: (better[i] ?? 1) <= alpha }));
}

function mapOf(tests: readonly FamilyTest[], decided: readonly Decided[]): Map<string, Decided> {
  return new Map(tests.flatMap(({ name }, i) => (decided[i] ? [[name, decided[i]] as const] : [])));
}

function describeChecker({ name, isRequired, sides, test }: CheckerEffect, decided: Decided | undefined): CheckerAssessment {
  return {
    name,
    ...(isRequired === undefined ? {} : { required: isRequired }),
    ...sides,
    ...(decided ? { p: decided.p } : {}),
    effect: effectOf(test?.lower95, decided),
  };
}

function describePreference({ sides, test }: PreferenceEffect, decided: Decided | undefined, hasBaseline: boolean): PreferenceAssessment {
  return {
    ...sides,
    ...(decided ? { p: decided.p } : {}),
    effect: effectOf(test?.lower95, decided),
    ...(hasBaseline ? {} : { reason: 'there is no baseline to compare with' }),
  };
}

function effectOf(lower95: number | undefined, decided: Decided | undefined): Effect {
  if (lower95 === undefined || !decided) return 'too-few-samples';
  if (decided.isWorse) return 'regressed';
  if (decided.isBetter) return 'improved';
  return lower95 > -0.1 ? 'unchanged' : 'inconclusive';
}
