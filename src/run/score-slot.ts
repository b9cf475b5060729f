import type { CheckInput } from '../checkers/checker.ts';
import { messageOf } from '../errors.ts';
import { scopeOf } from '../records/check-scope.ts';
import type { Outcome } from '../records/run-log.ts';
import type { Sample } from '../records/sample.ts';
import { type Score, unscored } from '../records/score.ts';
import type { Trajectory } from '../records/trajectory.ts';
import { outcomeOf } from './core/outcome.ts';
import type { CompiledChecker } from './core/ports.ts';

/** One score with the checker it is from. */
export interface SlotScore {
  checker: string;
  fingerprint: string;
  required: boolean;
  weight: number;
  score: Score;
}

export interface ScoredSlot {
  scores: SlotScore[];
  outcome: Outcome;
}

/**
 * Scores one recorded trajectory with every checker at once, in the order of the checkers. Never rejects: a checker
 * that throws, or whose score is not finite or not in 0..1, is unscored with the reason. Asks the agent nothing.
 */
export async function scoreSlot(options: {
  sample: Sample;
  trajectory: Trajectory;
  epoch: number;
  checkers: readonly CompiledChecker[];
}): Promise<ScoredSlot> {
  const { sample, trajectory, epoch, checkers } = options;
  const input = { sample, trajectory, epoch, scope: scopeOf(sample, trajectory, epoch) };
  const scores = await Promise.all(checkers.map((checker) => runChecker(checker, input)));
  return { scores, outcome: outcomeOf(scores) };
}

async function runChecker(checker: CompiledChecker, input: CheckInput): Promise<SlotScore> {
  const { name, fingerprint, required, weight } = checker;
  let score: Score;
  try {
    score = soundScore(await checker.check(input));
  } catch (error) {
    score = unscored(`the checker failed: ${messageOf(error)}`);
  }
  return { checker: name, fingerprint, required, weight, score };
}

/** Scores of user code are data from outside: a reader must be able to trust the log. */
function soundScore(score: Score): Score {
  if (score.kind === 'unscored') return score;
  const { value, perTurn, reason } = score;
  if (typeof score.pass !== 'boolean') return unscored(`the checker did not say whether it passes: ${String(reason)}`);
  if (![value, ...(perTurn ?? [])].every((number) => number === null || isShare(number)) || value === null) {
    return unscored(`the checker gave the value ${String(value)}, which is not in 0..1: ${String(reason)}`);
  }
  return typeof reason === 'string' ? score : { ...score, reason: '' };
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}
