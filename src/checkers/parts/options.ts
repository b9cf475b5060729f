import { z } from 'zod';
import { Json } from '../../records/json.ts';

/** Option fields that several checkers share. */
export const actualOption = Json.optional().describe('template of what is checked, such as "{{finalState.order}}"; default "{{output}}"');

export const expectedOption = Json.optional().describe(
  'template of what is expected; default "{{expected}}", or turn by turn where the turns of a sample have expected values of their own',
);

export const ignoreCaseOption = z.boolean().default(false).describe('upper and lower case are the same');

/** Lowest value that passes, 0..1. */
export function thresholdOption(initial: number): z.ZodDefault<z.ZodNumber> {
  return z.number().min(0).max(1).default(initial).describe(`lowest value that passes, 0..1; default ${initial}`);
}
