import { Json } from '../../records/json.ts';
import * as z from '../../records/schema.ts';

/** Option fields that several checkers share. */
export const actualOption = z.described(z.optional(Json), 'template of what is checked, such as "{{finalState.order}}"; default "{{output}}"');

export const expectedOption = z.described(
  z.optional(Json),
  'template of what is expected; default "{{expected}}", or turn by turn where the turns of a sample have expected values of their own',
);

export const ignoreCaseOption = z.described(z._default(z.boolean(), false), 'upper and lower case are the same');

/** Lowest value that passes, 0..1. */
export function thresholdOption(initial: number): z.ZodMiniDefault<z.ZodMiniNumber> {
  return z.described(z._default(z.number().check(z.minimum(0), z.maximum(1)), initial), `lowest value that passes, 0..1; default ${initial}`);
}
