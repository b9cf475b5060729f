import * as z from '../records/schema.ts';
import { unscored } from '../records/score.ts';
import { defineChecker } from './checker.ts';
import { type FoundNumber, numbersIn } from './parts/numbers.ts';
import { actualOption, expectedOption } from './parts/options.ts';
import { checkPairs, safeTextOf } from './parts/pairs.ts';
import { quote } from './parts/quote.ts';

const NumberOptions = z.strictObject({
  value: expectedOption,
  actual: actualOption,
  absolute: z.described(z._default(z.number().check(z.minimum(0)), 0), 'allowed difference; default 0'),
  relative: z.described(
    z._default(z.number().check(z.minimum(0)), 0),
    'allowed difference as a fraction of the expected number; 0.01 is 1 %; default 0',
  ),
  pick: z.described(
    z._default(z.enum(['first', 'last', 'only']), 'last'),
    'which number of the output counts; only: exactly one number may be there',
  ),
});

export const number = defineChecker({
  type: 'number',
  summary: 'A number in the output is the expected one, within a tolerance; reads 1,234.5, 1e3 and 12 %',
  needs: ['expected'],
  example: { type: 'number', value: '{{expected}}', relative: 0.01, pick: 'last' },
  options: NumberOptions,
  create(options) {
    return checkPairs({ actual: options.actual, expected: options.value, threshold: 1 }, ({ actual, expected }) => {
      const expectedNumbers = numbersIn(safeTextOf(expected));
      const wanted = expectedNumbers[0];
      if (!wanted || expectedNumbers.length > 1) return unscored(`the expected value ${quote(safeTextOf(expected))} is not one number`);
      const said = safeTextOf(actual);
      const numbers = numbersIn(said);
      if (numbers.length === 0) return { value: 0, reason: `there is no number in ${quote(said)}` };
      if (options.pick === 'only' && numbers.length > 1)
        return { value: 0, reason: `there are ${numbers.length} numbers, and one was expected, in ${quote(said)}` };
      const found = options.pick === 'last' ? numbers.at(-1) : numbers[0];
      if (!found) return unscored('no number');
      const isClose = readings(found, wanted).some(([a, b]) => Math.abs(a - b) <= Math.max(options.absolute, options.relative * Math.abs(b)));
      if (isClose) return { value: 1, reason: `${found.text} is ${describeTolerance(options)}${wanted.text}` };
      return { value: 0, reason: `expected ${describeTolerance(options)}${wanted.text}, got ${found.text}` };
    });
  },
});

/** The pairs of values that count as the same: 12 % is 12 % and, beside a number without the sign, 12 or 0.12. */
function readings(found: FoundNumber, wanted: FoundNumber): [number, number][] {
  const plain: [number, number] = [found.value, wanted.value];
  if (found.isPercent === wanted.isPercent) return [plain];
  return [plain, found.isPercent ? [found.value / 100, wanted.value] : [found.value, wanted.value / 100]];
}

function describeTolerance(options: { absolute: number; relative: number }): string {
  const parts = [
    ...(options.absolute > 0 ? [`±${options.absolute}`] : []),
    ...(options.relative > 0 ? [`±${Number((options.relative * 100).toPrecision(6))} %`] : []),
  ];
  return parts.length === 0 ? '' : `within ${parts.join(' or ')} of `;
}
