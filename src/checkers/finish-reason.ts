import * as z from '../records/schema.ts';
import { scored, unscored } from '../records/score.ts';
import { defineChecker } from './checker.ts';
import { quote } from './parts/quote.ts';

const Reason = z.string().check(z.minLength(1), z.maxLength(100));

const FinishReasonOptions = z.strictObject({
  reasons: z.described(
    z.union([Reason, z.array(Reason).check(z.minLength(1))]),
    'the reason that is good, or a list: stop, length, tool_calls, content_filter, or another word of the agent; case does not count',
  ),
});

/** Looks at the last turn; `per-turn` at every one. An agent that does not tell is unscored. */
export const finishReason = defineChecker({
  type: 'finish-reason',
  summary: 'The last reply ended for one of the given reasons, such as stop and not length or content_filter',
  needs: [],
  example: { type: 'finish-reason', reasons: ['stop', 'tool_calls'] },
  options: FinishReasonOptions,
  create({ reasons }) {
    const good = new Set([reasons].flat().map((reason) => reason.toLowerCase()));
    const list = quote([...good].join(', '));
    return ({ trajectory }) => {
      const turn = trajectory.turns.at(-1);
      if (!turn) return unscored('the agent took no turn');
      const { finishReason: reason } = turn;
      if (reason === undefined || reason === '') return unscored('the agent did not tell why its reply ended');
      const isGood = good.has(reason.toLowerCase());
      return scored(isGood ? 1 : 0, isGood ? `the reply ended with ${quote(reason)}` : `the reply ended with ${quote(reason)}, not with ${list}`);
    };
  },
});
