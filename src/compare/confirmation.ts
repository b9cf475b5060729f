import type { Policy } from '../records/policy.ts';
import type { ComparisonInput } from './comparison.ts';
import { type SampleCounts, sampleCounts } from './counts.ts';
import { type ComparablePair, comparablePairs, decide } from './decide.ts';
import { type DecideOptions, defaultDecideOptions } from './decide-options.ts';
import { createHypergeometricTable } from './hypergeometric.ts';
import { extraRepeats, screen } from './screening.ts';
import { gatedSlices } from './slices.ts';
import { applyWaivers } from './waivers.ts';

/** Level of gates B and C when slices or secondary checkers are tested too. */
export const sharedAlpha = 0.005;

/** At the shared level 10 more repeats cannot name a sample against a baseline of 3; 12 can: 1/C(18, 3) ≤ .005/4. */
const sharedConfirmationCap = 12;

/** The options of the decision that follow from a policy and from what there is to test. */
export function optionsFor(policy: Policy, hasFamily: boolean): DecideOptions {
  return {
    ...defaultDecideOptions,
    isConfirming: policy.confirm,
    isToppingUp: policy.topUp,
    margin: policy.margin,
    isNamingDecisive: policy.margin <= 0,
    alphaSample: hasFamily ? sharedAlpha : defaultDecideOptions.alphaSample,
    confirmationCap: hasFamily ? sharedConfirmationCap : defaultDecideOptions.confirmationCap,
  };
}

/**
 * Whether the suite's result is grey, and the policy wants every sample asked as often again then; not when the re-run
 * samples alone have made it red. The top-up's own repeats do not change the answer until all of them are there.
 */
export function needsTopUp(given: ComparisonInput): boolean {
  const { judged } = applyWaivers(given);
  const { current, pool, policy } = judged;
  if (!policy.topUp || pool.length === 0) return false;
  const counts = sampleCounts(current, pool);
  const options = optionsFor(policy, hasFamily(judged, comparablePairs(counts, defaultDecideOptions).pairs));
  const { status, suite } = decide(counts, options);
  return status !== 'regressed' && suite?.topUp === 'needed';
}

/** Whether gate C has anything to test: slices of enough samples, or secondary checkers when the policy names them. */
export function hasFamily({ current, policy, hasPreference = false }: ComparisonInput, pairs: readonly ComparablePair[]): boolean {
  if (gatedSlices(current, pairs, policy).length > 0) return true;
  if (!policy.slices.includes('checkers')) return false;
  return hasPreference || (current.header?.checkers ?? []).some((checker) => !checker.required);
}

/**
 * Samples to ask again, with the number of extra repeats (epochs after the planned ones). In strict mode every sample that mostly
 * passed in the baseline and failed at least once now. Empty without a baseline or when the policy does not confirm.
 * The same logs give the same plan, whatever confirmation repeats they already hold.
 */
export function planConfirmation(given: ComparisonInput): { sample: string; extraRepeats: number }[] {
  const { judged: input } = applyWaivers(given);
  if (!input.policy.confirm || input.pool.length === 0) return [];
  const { pairs } = comparablePairs(sampleCounts(input.current, input.pool), defaultDecideOptions);
  const options = optionsFor(input.policy, hasFamily(input, pairs));
  const plan = screen(createHypergeometricTable(), pairs, options);
  if (input.policy.mode === 'strict') {
    for (const { id, m, r, counts } of pairs) {
      if (isDoubtful(counts)) plan.set(id, Math.max(2, extraRepeats(m, r, options)));
    }
  }
  return [...plan].map(([sample, extra]) => ({ sample, extraRepeats: extra }));
}

/** Strict mode: mostly passed before, failed at least once now. */
export function isDoubtful({ baseline, current }: SampleCounts): boolean {
  return baseline !== undefined && current !== undefined && baseline.passes * 2 > baseline.repeats && current.passes < current.repeats;
}

/** Strict mode: mostly passed before, does not mostly pass now, on all repeats. */
export function isFlipped({ baseline, current, confirmation }: SampleCounts): boolean {
  if (!baseline || !current || baseline.passes * 2 <= baseline.repeats) return false;
  const passes = current.passes + (confirmation?.passes ?? 0);
  return passes * 2 <= current.repeats + (confirmation?.repeats ?? 0);
}
