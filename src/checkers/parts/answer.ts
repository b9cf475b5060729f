import type { Json } from '../../records/json.ts';
import * as z from '../../records/schema.ts';
import { type Score, scored, unscored } from '../../records/score.ts';
import { outputOf } from '../../records/trajectory.ts';
import type { CheckInput } from '../checker.ts';
import { quote, quoteWords } from './quote.ts';

const maxReasonLength = 500;
const share = z.number().check(z.minimum(0), z.maximum(1));

/** What code of the user's may answer. */
const Answer = z.union([
  z.boolean(),
  share,
  z.strictObject({ value: share, pass: z.optional(z.boolean()), reason: z.optional(z.string()) }),
  z.strictObject({ pass: z.boolean(), reason: z.optional(z.string()) }),
  z.strictObject({ unscored: z.string() }),
]);

/** What code of the user's is given: the sample, the trajectory, and the output once more, because most code needs only that. */
export function payloadOf({ sample, trajectory, epoch }: CheckInput): Json {
  const { id, input, expected, tags, metadata, row, turns, state } = sample;
  const payload: unknown = {
    sample: { id, input, expected, tags, metadata, row, turns, ...(state === undefined ? {} : { state }) },
    trajectory,
    output: outputOf(trajectory),
    epoch,
  };
  return payload as Json;
}

/**
 * The score that an answer stands for: true, false, 0..1, {value, pass?, reason?}, {pass, reason?} or {unscored: "why"}.
 * Without `pass` only the value 1 passes. Anything else is unscored. `who` is named in reasons.
 */
export function scoreOfAnswer(answer: Json, who: string): Score {
  const parsed = Answer.safeParse(answer);
  if (!parsed.success) return unscored(`checker returned ${describeAnswer(answer)}, not true, false, 0..1, {value, pass?, reason?} or {unscored}`);
  const result = parsed.data;
  const name = quote(who, 80);
  if (typeof result === 'boolean') return scored(result ? 1 : 0, `${name} says ${result ? 'pass' : 'fail'}`);
  if (typeof result === 'number') return scored(result, `${name} gives ${result}`);
  if ('unscored' in result) return unscored(lineOf(result.unscored) || `${name} could not say`);
  const value = 'value' in result ? result.value : result.pass ? 1 : 0;
  const pass = result.pass ?? value >= 1;
  return scored(value, lineOf(result.reason ?? '') || `${name} says ${pass ? 'pass' : 'fail'}`, { pass });
}

/** The same of JSON text, as a program writes it; text that is no JSON is unscored. */
export function scoreOfText(text: string, who: string): Score {
  let answer: Json;
  try {
    answer = JSON.parse(text.replace(/^\ufeff/, '')) as Json;
  } catch {
    return unscored(
      text.trim() === '' ? `${quote(who, 80)} answered nothing` : `${quote(who, 80)} answered with what is no JSON: ${quoteWords(text)}`,
    );
  }
  return scoreOfAnswer(answer, who);
}

function lineOf(reason: string): string {
  return quoteWords(reason, maxReasonLength).slice(1, -1);
}

function describeAnswer(answer: unknown): string {
  if (typeof answer === 'number') return String(answer);
  if (answer === undefined) return 'nothing';
  try {
    return quoteWords(JSON.stringify(answer) ?? typeof answer, 80);
  } catch {
    return 'a value that is no JSON';
  }
}
