import * as z from '../records/schema.ts';
import { defineChecker } from './checker.ts';
import { checkLimits } from './parts/limits.ts';

const LatencyOptions = z
  .strictObject({
    maxMs: z.described(z.optional(z.number().check(z.positive())), 'most milliseconds for the whole conversation'),
    firstByteMaxMs: z.described(z.optional(z.number().check(z.positive())), 'most milliseconds until the first byte of the first reply'),
  })
  .check(z.refine((options) => options.maxMs !== undefined || options.firstByteMaxMs !== undefined, { message: 'give "maxMs" or "firstByteMaxMs"' }));

export const latency = defineChecker({
  type: 'latency',
  summary: 'The agent answered in time',
  needs: ['usage'],
  example: { type: 'latency', maxMs: 5000, required: false },
  options: LatencyOptions,
  create: (options) => (input) =>
    checkLimits([
      { name: 'latency', value: input.trajectory.latencyMs, max: options.maxMs, unit: ' ms' },
      { name: 'time to the first byte', value: input.trajectory.firstByteMs, max: options.firstByteMaxMs, unit: ' ms' },
    ]),
});
