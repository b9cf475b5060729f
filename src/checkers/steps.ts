import * as z from '../records/schema.ts';
import { unscored } from '../records/score.ts';
import { defineChecker } from './checker.ts';
import { checkLimits } from './parts/limits.ts';

const StepsOptions = z
  .strictObject({
    max: z.described(z.optional(z.int().check(z.minimum(0))), 'most steps'),
    min: z.described(z.optional(z.int().check(z.minimum(0))), 'fewest steps'),
    kind: z.described(
      z._default(z.enum(['toolCall', 'any']), 'toolCall'),
      'toolCall: tool calls only; any: messages and errors too; default toolCall',
    ),
  })
  .check(
    z.refine((options) => options.max !== undefined || options.min !== undefined, { message: 'give "max" or "min"' }),
    z.refine((options) => (options.min ?? 0) <= (options.max ?? Number.POSITIVE_INFINITY), { message: '"min" is above "max"' }),
  );

export const steps = defineChecker({
  type: 'steps',
  summary: 'The agent took no more, or no fewer, steps than allowed',
  needs: ['tools'],
  example: { type: 'steps', max: 5, kind: 'toolCall' },
  options: StepsOptions,
  create: (options) => (input) => {
    if (input.trajectory.turns.length === 0) return unscored('the agent took no turn');
    const counted = input.trajectory.turns.flatMap((turn) => turn.steps).filter((step) => options.kind === 'any' || step.kind === 'toolCall');
    const name = options.kind === 'any' ? 'number of steps' : 'number of tool calls';
    return checkLimits([{ name, value: counted.length, max: options.max, min: options.min, unit: '' }]);
  },
});
