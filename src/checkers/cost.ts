import * as z from '../records/schema.ts';
import { defineChecker } from './checker.ts';
import { checkLimits } from './parts/limits.ts';

const CostOptions = z.strictObject({ maxUsd: z.described(z.number().check(z.minimum(0)), 'most US dollars for the whole conversation') });

export const cost = defineChecker({
  type: 'cost',
  summary: 'The conversation cost no more than allowed',
  needs: ['usage'],
  example: { type: 'cost', maxUsd: 0.02, required: false },
  options: CostOptions,
  create: (options) => (input) => checkLimits([{ name: 'cost', value: input.trajectory.usage?.costUsd, max: options.maxUsd, unit: ' USD' }]),
});
