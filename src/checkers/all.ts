import * as z from '../records/schema.ts';
import { defineChecker } from './checker.ts';
import { combineByCount, compileParts, partsOption, scoreParts } from './parts/combine.ts';

export const all = defineChecker({
  type: 'all',
  summary: 'Every one of several checkers passes; the value is the lowest',
  needs: [],
  example: {
    type: 'all',
    checkers: [
      { type: 'contains', value: 'refund' },
      { type: 'contains', value: 'sorry', not: true },
    ],
  },
  options: z.strictObject({ checkers: partsOption }),
  nested: ['checkers'],
  async create({ checkers }, ports) {
    const parts = await compileParts(ports, checkers, 'checkers');
    return async (input) => combineByCount(await scoreParts(parts, input), 'all');
  },
});
