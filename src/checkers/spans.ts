import * as z from '../records/schema.ts';
import { type Score, scored, unscored } from '../records/score.ts';
import type { SpanSummary } from '../records/trajectory.ts';
import { defineChecker } from './checker.ts';
import { countText, quote, roundText } from './parts/quote.ts';
import { fitsWildcards } from './parts/tool-call.ts';

const Count = z.int().check(z.minimum(0));
const Range = z.strictObject({ min: z.optional(Count), max: z.optional(Count) }).check(
  z.refine(({ min, max }) => min !== undefined || max !== undefined, { message: 'give "max" or "min"' }),
  z.refine(({ min, max }) => (min ?? 0) <= (max ?? Number.POSITIVE_INFINITY), { message: '"min" is above "max"' }),
);
const Duration = z.strictObject({
  max: z.described(z.number().check(z.minimum(0)), 'most milliseconds'),
  percentile: z.described(z.optional(z.number().check(z.positive(), z.maximum(100))), 'of the durations, nearest rank; absent: of every span'),
});
const Errors = z
  .strictObject({
    max: z.described(z.optional(Count), 'most spans with an error'),
    maxShare: z.described(z.optional(z.number().check(z.minimum(0), z.maximum(1))), 'most of them, as a share 0..1'),
  })
  .check(z.refine(({ max, maxShare }) => max !== undefined || maxShare !== undefined, { message: 'give "max" or "maxShare"' }));

const SpansOptions = z
  .strictObject({
    span: z.described(
      z._default(z.string().check(z.minLength(1), z.maxLength(200)), '*'),
      'name of the spans that are meant; * stands for any text, and case does not count; default all',
    ),
    count: z.described(z.optional(Range), 'how many there are: min, max'),
    durationMs: z.described(z.optional(Duration), 'how long they take: max in milliseconds, and of which percentile'),
    errors: z.described(z.optional(Errors), 'how many of them have an error: max, maxShare'),
  })
  .check(
    z.refine(({ count, durationMs, errors }) => [count, durationMs, errors].some((limit) => limit !== undefined), {
      message: 'give "count", "durationMs" or "errors"',
    }),
  );
type SpansOptions = z.infer<typeof SpansOptions>;

/** One limit: `undefined` when the spans that were left out of the record could decide it. */
interface Found {
  holds: boolean | undefined;
  said: string;
}

/** Spans that were left out of the record make the score unscored wherever they could change it. No span of the name breaks only a `count`. */
export const spans = defineChecker({
  type: 'spans',
  summary: "Spans of the agent's trace stay within limits: how many, how long, how many with an error",
  needs: [],
  example: { type: 'spans', span: 'db.*', count: { max: 5 }, durationMs: { max: 200, percentile: 95 }, errors: { max: 0 } },
  options: SpansOptions,
  create(options) {
    const pattern = options.span.toLowerCase();
    return ({ trajectory }): Score => {
      if (trajectory.turns.length === 0) return unscored('the agent took no turn');
      const { spans: recorded = [], omittedSpans = 0 } = trajectory;
      if (recorded.length === 0) return unscored('no spans of the answer were read: see "traces" of the suite');
      const meant = recorded.filter(({ name }) => fitsWildcards(name.toLowerCase(), pattern));
      const all = limitsOf(meant, options, omittedSpans > 0);
      const broken = all.find(({ holds }) => holds === false);
      const reason = (found: readonly Found[]) => `of the spans ${quote(options.span, 60)} ${found.map(({ said }) => said).join('; ')}`;
      if (broken) return scored(0, reason([broken]));
      if (all.some(({ holds }) => holds === undefined)) return unscored(`${countText(omittedSpans, 'span')} of the answer are not in its record`);
      return scored(1, reason(all));
    };
  },
});

function limitsOf(meant: readonly SpanSummary[], { count, durationMs, errors }: SpansOptions, isCut: boolean): Found[] {
  return [
    ...(count ? [countLimit(meant.length, count, isCut)] : []),
    ...(durationMs ? [durationLimit(meant, durationMs, isCut)] : []),
    ...(errors ? [errorLimit(meant, errors, isCut)] : []),
  ];
}

function countLimit(
  count: number,
  { min = 0, max = Number.POSITIVE_INFINITY }: { min?: number | undefined; max?: number | undefined },
  isCut: boolean,
): Found {
  if (count > max) return { holds: false, said: `there are ${count}, more than ${max}` };
  const isOpen = isCut && (count < min || max !== Number.POSITIVE_INFINITY);
  if (isOpen) return { holds: undefined, said: '' };
  return count < min ? { holds: false, said: `there are ${count}, less than ${min}` } : { holds: true, said: `there are ${count}` };
}

function durationLimit(meant: readonly SpanSummary[], { max, percentile }: z.infer<typeof Duration>, isCut: boolean): Found {
  const sorted = meant.flatMap(({ durationMs }) => durationMs ?? []).sort((a, b) => a - b);
  const rank = percentile === undefined ? sorted.length : Math.ceil((percentile / 100) * sorted.length);
  const found = sorted[Math.max(0, rank - 1)];
  const what = percentile === undefined ? 'the longest' : `percentile ${roundText(percentile)}`;
  const isOver = found !== undefined && found > max;
  // A span that is too long stays too long; a percentile can move either way.
  if (isCut && !(isOver && percentile === undefined)) return { holds: undefined, said: '' };
  if (found === undefined) return { holds: true, said: 'none has a duration' };
  return { holds: !isOver, said: `${what} took ${roundText(found)} ms, ${isOver ? 'more than' : 'at most'} ${roundText(max)} ms` };
}

function errorLimit(meant: readonly SpanSummary[], { max, maxShare }: z.infer<typeof Errors>, isCut: boolean): Found {
  const failed = meant.filter(({ isError }) => isError === true).length;
  const said = `${failed} of ${meant.length} have an error`;
  if (max !== undefined && failed > max) return { holds: false, said: `${said}, more than ${max}` };
  if (isCut) return { holds: undefined, said: '' };
  const share = meant.length === 0 ? 0 : failed / meant.length;
  return maxShare !== undefined && share > maxShare
    ? { holds: false, said: `${said}, more than a share of ${roundText(maxShare)}` }
    : { holds: true, said };
}
