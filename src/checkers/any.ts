import * as z from '../records/schema.ts';
import { defineChecker } from './checker.ts';
import { combineByCount, compileParts, partsOption, scoreParts } from './parts/combine.ts';

export const any = defineChecker({
  type: 'any',
  summary: 'At least one of several checkers passes; the value is the highest',
  needs: [],
  example: {
    type: 'any',
    checkers: [
      { type: 'equals', value: 'yes' },
      { type: 'regex', pattern: '^yes\\b', flags: 'i' },
    ],
  },
  options: z.strictObject({ checkers: partsOption }),
  nested: ['checkers'],
  async create({ checkers }, ports) {
    const parts = await compileParts(ports, checkers, 'checkers');
    return async (input) => combineByCount(await scoreParts(parts, input), 1);
  },
});
