import type { Json } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { unscored } from '../records/score.ts';
import { defineChecker } from './checker.ts';
import { compareJson } from './parts/json-compare.ts';
import { isTooDeep, maxJsonDepth, type ParsedJson, parseJsonText } from './parts/json-value.ts';
import { actualOption, expectedOption } from './parts/options.ts';
import { checkPairs, safeTextOf } from './parts/pairs.ts';
import { parsePath } from './parts/pointer.ts';
import { quote } from './parts/quote.ts';

const JsonMatchOptions = z.strictObject({
  value: expectedOption,
  actual: actualOption,
  mode: z.described(
    z._default(z.enum(['exact', 'subset']), 'exact'),
    'subset: keys and list elements beside the expected ones are allowed; default exact',
  ),
  unordered: z.described(z._default(z.boolean(), false), 'the order of lists does not count'),
  ignore: z.described(
    z._default(z.array(z.string().check(z.minLength(1))), []),
    'paths that do not count, such as /items/*/id or items.*.id; * is any key or index',
  ),
  tolerance: z.described(z._default(z.number().check(z.minimum(0)), 0), 'allowed difference of numbers'),
  allowFence: z.described(z._default(z.boolean(), true), 'a reply that is one Markdown code fence counts by its content; default true'),
});

export const jsonMatch = defineChecker({
  type: 'json-match',
  summary: 'The output is JSON with the expected values: exactly or as a subset, with ignored paths and a tolerance',
  needs: ['expected'],
  example: { type: 'json-match', value: '{{expected}}', mode: 'subset', ignore: ['/items/*/id'] },
  options: JsonMatchOptions,
  create(options) {
    const ignore = options.ignore.map(parsePath);
    return checkPairs({ actual: options.actual, expected: options.value, threshold: 1 }, ({ actual, expected }) => {
      const wanted = toJson(expected, options.allowFence);
      // Expected text that is no JSON document stands for itself.
      const wantedValue = wanted.isJson ? wanted.value : expected;
      if (isTooDeep(wantedValue)) return unscored(`the expected value is nested more than ${maxJsonDepth} levels deep`);
      const said = toJson(actual, options.allowFence);
      if (!said.isJson) return { value: 0, reason: `the output cannot be compared, because ${said.reason}: ${quote(safeTextOf(actual))}` };
      const result = compareJson(wantedValue, said.value, { ...options, ignore });
      if (result.kind === 'too-large') return unscored('the lists are too large to be compared in any order');
      if (result.kind === 'different') return { value: 0, reason: result.reason };
      return { value: 1, reason: `it holds the expected JSON ${quote(safeTextOf(wantedValue))}` };
    });
  },
});

function toJson(value: Json, allowFence: boolean): ParsedJson {
  if (typeof value === 'string') return parseJsonText(value, { allowFence });
  return isTooDeep(value) ? { isJson: false, reason: `it is nested more than ${maxJsonDepth} levels deep` } : { isJson: true, value };
}
