import * as z from '../records/schema.ts';
import { unscored } from '../records/score.ts';
import { toolCallsOf } from '../records/trajectory.ts';
import { defineChecker } from './checker.ts';
import { checkLimits, type Limit } from './parts/limits.ts';
import { quote } from './parts/quote.ts';
import { isNamedLike } from './parts/tool-call.ts';

const Range = z
  .strictObject({
    max: z.described(z.optional(z.int().check(z.minimum(0))), 'most calls'),
    min: z.described(z.optional(z.int().check(z.minimum(0))), 'fewest calls'),
  })
  .check(
    z.refine(({ min, max }) => min !== undefined || max !== undefined, { message: 'give "max" or "min"' }),
    z.refine(({ min, max }) => (min ?? 0) <= (max ?? Number.POSITIVE_INFINITY), { message: '"min" is above "max"' }),
  );

const ToolBudgetOptions = z
  .strictObject({
    tools: z.described(
      z.optional(z.record(z.string().check(z.minLength(1)), Range.clone())),
      'limits by name of the tool, plain or server__name; * stands for any text',
    ),
    total: z.described(z.optional(Range.clone()), 'limits for all tool calls together'),
    failed: z.described(z.optional(Range.clone()), 'limits for the tool calls that gave an error'),
  })
  .check(
    z.refine(({ tools, total, failed }) => total !== undefined || failed !== undefined || Object.keys(tools ?? {}).length > 0, {
      message: 'give "tools", "total" or "failed"',
    }),
  );

export const toolBudget = defineChecker({
  type: 'tool-budget',
  summary: 'Each tool, all tools together, or failing calls stay within limits',
  needs: ['tools'],
  example: { type: 'tool-budget', tools: { search: { max: 3 }, refund: { min: 1, max: 1 } }, total: { max: 8 }, failed: { max: 0 } },
  options: ToolBudgetOptions,
  create:
    ({ tools = {}, total, failed }) =>
    ({ trajectory }) => {
      if (trajectory.turns.length === 0) return unscored('the agent took no turn');
      const calls = toolCallsOf(trajectory);
      const limits: Limit[] = Object.entries(tools).map(([name, range]) => ({
        name: `number of calls of ${quote(name, 60)}`,
        value: calls.filter((call) => isNamedLike(call, name)).length,
        ...range,
        unit: '',
      }));
      if (total) limits.push({ name: 'number of tool calls', value: calls.length, ...total, unit: '' });
      if (failed)
        limits.push({ name: 'number of failed tool calls', value: calls.filter(({ isError }) => isError === true).length, ...failed, unit: '' });
      const score = checkLimits(limits);
      return score.kind === 'scored' && score.reason.length > 400 ? { ...score, reason: `all ${limits.length} limits hold` } : score;
    },
});
