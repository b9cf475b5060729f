import type { Policy } from '../../records/policy.ts';
import type { RunIndex } from '../../records/run-index.ts';
import { hasFamily, isDoubtful, isFlipped, optionsFor, sharedAlpha } from '../confirmation.ts';
import type { Count, SampleCounts } from '../counts.ts';
import { comparablePairs, type Decision, decide } from '../decide.ts';
import { type DecideOptions, defaultDecideOptions } from '../decide-options.ts';
import { createHypergeometricTable, isAtMost } from '../hypergeometric.ts';
import { holm } from '../multiplicity.ts';
import { extraRepeats, screen } from '../screening.ts';
import { gatedSlices, sliceTests } from '../slices.ts';

/** How a suite is judged: its policy, and a run that knows the tags of its samples. */
export interface Rules {
  policy: Policy;
  current: RunIndex;
  options: DecideOptions;
}

/** The rules of a comparison of these samples. */
export function rulesFor(policy: Policy, current: RunIndex, samples: readonly SampleCounts[]): Rules {
  const { pairs } = comparablePairs(samples, defaultDecideOptions);
  const input = { current, pool: [], baseline: { kind: 'none' as const, runs: 0 }, policy };
  return { policy, current, options: optionsFor(policy, hasFamily(input, pairs)) };
}

export interface Judgement {
  status: Decision['status'];
  isAlarm: boolean;
  bySuite: boolean;
  bySample: boolean;
  bySlice: boolean;
  /** Samples that were asked again, and extra repeats of all kinds. */
  reruns: number;
  extra: number;
  decision: Decision;
}

/** The repeats that re-runs and top-ups of a sample would have given. */
export type Again = (id: string, repeats: number) => Count;

/**
 * The product's own verdict with everything that it would have asked meanwhile: the plan is made from the first stage, `again`
 * answers it, and the decision is made on all of it. Latency and secondary checkers take no part.
 */
export function judge(samples: readonly SampleCounts[], { policy, current, options }: Rules, again: Again): Judgement {
  const { pairs } = comparablePairs(samples, options);
  const isToppedUp = options.isToppingUp && decide(samples, { ...options, isConfirming: false }).suite?.topUp === 'needed';
  const plan = policy.confirm ? screen(createHypergeometricTable(), pairs, options) : new Map<string, number>();
  if (policy.mode === 'strict' && policy.confirm) {
    for (const { id, m, r, counts } of pairs) if (isDoubtful(counts)) plan.set(id, Math.max(2, extraRepeats(m, r, options)));
  }
  let extra = 0;
  const asked = samples.map((sample) => {
    const more = plan.get(sample.id) ?? 0;
    const twice = isToppedUp ? (sample.planned ?? 0) : 0;
    extra += more + twice;
    return {
      ...sample,
      ...(more > 0 ? { confirmation: again(sample.id, more) } : {}),
      ...(twice > 0 ? { topUp: again(sample.id, twice) } : {}),
    };
  });
  const decision = decide(asked, options);
  const bySlice = isSliceRed(decision, asked, { policy, current, options });
  const isFlip = policy.mode === 'strict' && asked.some(isFlipped);
  const bySample = (decision.suite?.isGateB ?? false) || isFlip;
  return {
    status: bySlice || isFlip ? 'regressed' : decision.status,
    isAlarm: decision.status === 'regressed' || bySlice || isFlip,
    bySuite: decision.suite?.isGateA ?? false,
    bySample,
    bySlice,
    reruns: plan.size,
    extra,
    decision,
  };
}

function isSliceRed(decision: Decision, asked: readonly SampleCounts[], { policy, current, options }: Rules): boolean {
  if (!policy.slices.includes('tags')) return false;
  const { pairs } = comparablePairs(asked, options);
  const tests = sliceTests(gatedSlices(current, pairs, policy), decision.suite?.guard?.inflation ?? 1);
  return holm(tests.map(({ pWorse }) => pWorse)).some((p) => isAtMost(p, sharedAlpha));
}
