import * as z from '../records/schema.ts';
import { defineChecker } from './checker.ts';
import { combineByCount, compileParts, partsOption, scoreParts } from './parts/combine.ts';

const AtLeastOptions = z
  .strictObject({
    count: z.described(z.int().check(z.minimum(1), z.maximum(50)), 'how many have to pass; at most the number of checkers'),
    checkers: partsOption,
  })
  .check(z.refine(({ count, checkers }) => count <= checkers.length, { message: '"count" is above the number of checkers', path: ['count'] }));

export const atLeast = defineChecker({
  type: 'at-least',
  summary: 'At least so many of several checkers pass; the value is that of the last one needed',
  needs: [],
  example: {
    type: 'at-least',
    count: 2,
    checkers: [
      { type: 'contains', value: 'name' },
      { type: 'contains', value: 'date' },
      { type: 'contains', value: 'price' },
    ],
  },
  options: AtLeastOptions,
  nested: ['checkers'],
  async create({ count, checkers }, ports) {
    const parts = await compileParts(ports, checkers, 'checkers');
    return async (input) => combineByCount(await scoreParts(parts, input), count);
  },
});
