import type { Outcome } from '../../records/run-log.ts';
import type { Score } from '../../records/score.ts';

/**
 * What a slot with an answer came to. A required checker that fails decides; else one that could not say; else it is
 * a pass. Checkers that are not required decide nothing. Without a required checker nothing was judged: `unscored`.
 */
export function outcomeOf(scores: readonly { required: boolean; score: Score }[]): Outcome {
  let hasRequired = false;
  let hasUnscored = false;
  for (const { required, score } of scores) {
    if (!required) continue;
    hasRequired = true;
    if (score.kind === 'unscored') hasUnscored = true;
    else if (!score.pass) return 'fail';
  }
  return hasRequired && !hasUnscored ? 'pass' : 'unscored';
}
