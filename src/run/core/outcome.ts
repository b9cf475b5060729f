import type { Outcome } from '../../records/run-log.ts';
import type { Score } from '../../records/score.ts';

/**
 * What a slot with an answer came to. A required checker that fails decides; else one that could not say; else it is
 * a pass. Checkers that are not required, or
 * that the sample asks nothing of, decide nothing. When none is left nothing was judged: `unscored`.
 */
export function outcomeOf(scores: readonly { required: boolean; score: Score }[]): Outcome {
  let hasRequired = false;
  let hasUnscored = false;
  for (const { required, score } of scores) {
    if (!required || (score.kind === 'unscored' && score.isApplicable === false)) continue;
    hasRequired = true;
    if (score.kind === 'unscored') hasUnscored = true;
    else if (!score.pass) return 'fail';
  }
  return hasRequired && !hasUnscored ? 'pass' : 'unscored';
}
