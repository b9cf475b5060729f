import { RubricText } from '../records/rubric.ts';
import * as z from '../records/schema.ts';
import type { PreferenceConfig } from './suite-config.ts';

const optional = z.nullish;

/** `judge.preference` as a user writes it. */
export const PreferenceEntry = z.strictObject({
  rubric: z.described(
    optional(RubricText),
    'what makes one answer better than another, in words; may hold names of the sample, such as {{row.rubric}}; default: how well it does what the user asked for',
  ),
  votes: z.described(
    optional(z.int().check(z.minimum(1), z.maximum(15))),
    'times the judge is asked per order of the two answers, 1..15; the majority counts; default 1',
  ),
  pairs: z.described(optional(z.int().check(z.minimum(1), z.maximum(1000))), 'answers per sample that are compared, at most; default: all repeats'),
  trajectory: z.described(optional(z.boolean()), 'the judge also sees the tool calls, messages and errors on the way; default false'),
  temperature: z.described(optional(z.number().check(z.minimum(0), z.maximum(2))), '0..2; absent: the default of the endpoint'),
});
type PreferenceEntry = z.infer<typeof PreferenceEntry>;

/** With the defaults filled in; undefined where it is not asked for. */
export function preferenceOf(entry: PreferenceEntry | null | undefined): PreferenceConfig | undefined {
  if (!entry) return undefined;
  const { rubric, votes, pairs, trajectory, temperature } = entry;
  return {
    votes: votes ?? 1,
    trajectory: trajectory ?? false,
    ...(rubric == null ? {} : { rubric }),
    ...(pairs == null ? {} : { pairs }),
    ...(temperature == null ? {} : { temperature }),
  };
}
