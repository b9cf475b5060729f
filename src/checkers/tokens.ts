import * as z from '../records/schema.ts';
import { defineChecker } from './checker.ts';
import { checkLimits } from './parts/limits.ts';

const TokensOptions = z
  .strictObject({
    max: z.described(z.optional(z.number().check(z.positive())), 'most input and output tokens together'),
    maxInput: z.described(z.optional(z.number().check(z.positive())), 'most input tokens'),
    maxOutput: z.described(z.optional(z.number().check(z.positive())), 'most output tokens'),
  })
  .check(z.refine((options) => Object.values(options).some((value) => value !== undefined), { message: 'give "max", "maxInput" or "maxOutput"' }));

export const tokens = defineChecker({
  type: 'tokens',
  summary: 'The agent used no more tokens than allowed',
  needs: ['usage'],
  example: { type: 'tokens', max: 4000, required: false },
  options: TokensOptions,
  create: (options) => (input) => {
    const { inputTokens, outputTokens } = input.trajectory.usage ?? {};
    const total = inputTokens === undefined || outputTokens === undefined ? undefined : inputTokens + outputTokens;
    return checkLimits([
      { name: 'token use', value: total, max: options.max, unit: ' tokens' },
      { name: 'input', value: inputTokens, max: options.maxInput, unit: ' tokens' },
      { name: 'output', value: outputTokens, max: options.maxOutput, unit: ' tokens' },
    ]);
  },
});
