import * as z from '../records/schema.ts';
import { defineChecker } from './checker.ts';
import { combineByMean, compileParts, partsOption, scoreParts } from './parts/combine.ts';
import { thresholdOption } from './parts/options.ts';

export const weightedMean = defineChecker({
  type: 'weighted-mean',
  summary: 'The mean of several checkers, by their weights, reaches a threshold',
  needs: [],
  example: {
    type: 'weighted-mean',
    threshold: 0.7,
    checkers: [
      { type: 'contains', value: 'refund', weight: 3 },
      { type: 'similarity', reference: 'We refund you.' },
    ],
  },
  options: z.strictObject({ checkers: partsOption, threshold: thresholdOption(0.5) }),
  nested: ['checkers'],
  async create({ checkers, threshold }, ports) {
    const parts = await compileParts(ports, checkers, 'checkers');
    return async (input) => combineByMean(await scoreParts(parts, input), threshold);
  },
});
