import type { Json } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { defineChecker } from './checker.ts';
import { isJsonEqual, parseJsonText } from './parts/json-value.ts';
import { actualOption, expectedOption, ignoreCaseOption } from './parts/options.ts';
import { checkPairs, safeTextOf } from './parts/pairs.ts';
import { quote } from './parts/quote.ts';

const EqualsOptions = z.strictObject({
  value: expectedOption,
  actual: actualOption,
  ignoreCase: ignoreCaseOption,
  trim: z.described(z._default(z.boolean(), true), 'white space at both ends does not count; default true'),
  json: z.described(
    z.optional(z.boolean()),
    'compare as JSON values, whatever the key order and layout; default: when the expected value is not text',
  ),
});

export const equals = defineChecker({
  type: 'equals',
  summary: 'The output is the expected value',
  needs: ['expected'],
  example: { type: 'equals', value: '{{expected}}', ignoreCase: true },
  options: EqualsOptions,
  create(options) {
    return checkPairs({ actual: options.actual, expected: options.value, threshold: 1 }, ({ actual, expected }) => {
      const wanted = safeTextOf(expected);
      const said = safeTextOf(actual);
      const isEqual =
        isTextEqual(said, wanted, options) || (options.json !== false && isEqualJson({ actual, expected, isAsked: options.json === true }));
      if (isEqual) return { value: 1, reason: `it equals ${quote(wanted)}` };
      return { value: 0, reason: `expected ${quote(wanted)}, got ${quote(said)}` };
    });
  },
});

function isTextEqual(said: string, wanted: string, options: { ignoreCase: boolean; trim: boolean }): boolean {
  const plain = (text: string): string => {
    const trimmed = options.trim ? text.trim() : text;
    return options.ignoreCase ? trimmed.toLowerCase() : trimmed;
  };
  return plain(said) === plain(wanted);
}

function isEqualJson({ actual, expected, isAsked }: { actual: Json; expected: Json; isAsked: boolean }): boolean {
  if (typeof expected === 'string' && !isAsked) return false;
  const wanted = jsonOf(expected);
  const said = jsonOf(actual);
  return wanted !== undefined && said !== undefined && isJsonEqual(said, wanted);
}

function jsonOf(value: Json): Json | undefined {
  if (typeof value !== 'string') return value;
  const parsed = parseJsonText(value);
  return parsed.isJson ? parsed.value : undefined;
}
