import { scopeOf } from '../records/check-scope.ts';
import type { Sample } from '../records/sample.ts';
import * as z from '../records/schema.ts';
import { notApplicable, type Score, scored, unscored } from '../records/score.ts';
import type { Trajectory } from '../records/trajectory.ts';
import { type CheckerPart, type CheckInput, defineChecker } from './checker.ts';
import { combineByCount, combineByMean, compileParts, type PartScore } from './parts/combine.ts';
import { thresholdOption } from './parts/options.ts';

const PerTurnOptions = z.strictObject({
  checker: z.described(z.looseObject({}), 'the checker entry that every turn is checked with; "expected" is that of the turn'),
  combine: z.described(
    z._default(z.enum(['all', 'any', 'mean']), 'all'),
    'all: every turn passes; any: one turn is enough; mean: the mean of the values reaches the threshold; default all',
  ),
  turns: z.described(
    z._default(
      z.union([z.enum(['all', 'first', 'last', 'expected']), z.array(z.int().check(z.minimum(1), z.maximum(1000))).check(z.minLength(1))]),
      'all',
    ),
    'which turns: all, first, last, expected (those of the sample with an expected output or expected tool calls), or a list of numbers from 1; default all',
  ),
  history: z.described(z._default(z.boolean(), false), 'the checker also sees the turns before; default false'),
  threshold: thresholdOption(1),
});
type PerTurnOptions = z.infer<typeof PerTurnOptions>;

/** A turn that the sample has and that did not take place counts as failed with 0. Times, usage and cost are not known per turn. */
export const perTurn = defineChecker({
  type: 'per-turn',
  summary: 'A checker holds in every turn, in one of them, or on average',
  needs: [],
  example: { type: 'per-turn', checker: { type: 'contains', value: 'sorry', not: true }, combine: 'all' },
  options: PerTurnOptions,
  nested: ['checker'],
  async create(options, ports) {
    const [part] = await compileParts(ports, options.checker, 'checker');
    return (input) => (part ? checkTurns(part, input, options) : unscored('there is no checker'));
  },
});

async function checkTurns(part: CheckerPart, input: CheckInput, { combine, turns, history, threshold }: PerTurnOptions): Promise<Score> {
  const { sample, trajectory } = input;
  if (trajectory.turns.length === 0) return unscored('the agent took no turn');
  const length = Math.max(sample.turns.length, trajectory.turns.length);
  const wanted = new Set(indexesOf(turns, length, sample));
  if (wanted.size === 0) return notApplicable('no turn of the sample has an expected output or expected tool calls');
  const values: (number | null)[] = [];
  const scores: PartScore[] = [];
  for (let index = 0; index < Math.max(length, 1 + Math.max(...wanted)); index++) {
    if (!wanted.has(index)) {
      values.push(null);
      continue;
    }
    const score = await checkTurn(part, input, { index, history });
    values.push(score.kind === 'scored' ? score.value : null);
    scores.push({ label: `turn ${index + 1}`, weight: 1, score });
  }
  const score = combine === 'mean' ? combineByMean(scores, threshold) : combineByCount(scores, combine === 'all' ? 'all' : 1);
  return score.kind === 'scored' ? { ...score, perTurn: values } : score;
}

function indexesOf(turns: PerTurnOptions['turns'], length: number, sample: Sample): number[] {
  if (Array.isArray(turns)) return turns.map((number) => number - 1);
  if (turns === 'first') return [0];
  if (turns === 'last') return [length - 1];
  const every = Array.from({ length }, (_, index) => index);
  if (turns === 'all') return every;
  return every.filter((index) => isGiven(expectedOf(sample, index)) || sample.turns[index]?.toolCalls !== undefined);
}

function checkTurn(part: CheckerPart, input: CheckInput, { index, history }: { index: number; history: boolean }): Score | Promise<Score> {
  const turn = input.trajectory.turns[index];
  if (!turn) return scored(0, 'it did not take place');
  const own = input.sample.turns[index];
  const isLast = index === input.trajectory.turns.length - 1;
  const expected = expectedOf(input.sample, index);
  const { expected: _, ...rest } = input.sample;
  const sample: Sample = {
    ...rest,
    input: turn.input,
    ...(isGiven(expected) ? { expected } : {}),
    turns: [{ ...own, input: turn.input, ...(isGiven(expected) ? { expected } : {}) }],
  };
  const trajectory: Trajectory = {
    turns: history ? input.trajectory.turns.slice(0, index + 1) : [turn],
    ...(isLast && input.trajectory.finalState !== undefined ? { finalState: input.trajectory.finalState } : {}),
  };
  return part.check({ sample, trajectory, epoch: input.epoch, scope: scopeOf(sample, trajectory, input.epoch) });
}

/** What is expected of the whole sample is expected of its last turn. */
function expectedOf({ turns, expected }: Sample, index: number): Sample['expected'] {
  return turns[index]?.expected ?? (index === turns.length - 1 ? expected : undefined);
}

function isGiven<T>(value: T | undefined | null): value is T {
  return value !== undefined && value !== null;
}
