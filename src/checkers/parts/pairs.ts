import type { Json, JsonObject } from '../../records/json.ts';
import { isSimulated } from '../../records/sample.ts';
import { notApplicable, type ScoredScore, scored, type UnscoredScore, unscored } from '../../records/score.ts';
import { compileTemplate, type Template, templateNames, templateProblem, textOf } from '../../template.ts';
import type { CheckInput } from '../checker.ts';
import { roundText } from './quote.ts';

/** Something the agent said beside what was expected of it. */
export interface Pair {
  actual: Json;
  expected: Json;
}

/** What a checker says of one pair. `value` is in 0..1. */
export interface PairScore {
  value: number;
  reason: string;
}

/** The default of every option that names the expected value. */
export const expectedTemplate = '{{expected}}';

/** The default of every option that names what is checked. */
export const outputTemplate = '{{output}}';

export interface PairOptions {
  /** Template of what is checked; absent: the output. */
  actual?: Json | undefined;
  /** Template of what is expected; absent: the expected value. */
  expected?: Json | undefined;
  /** Lowest mean value that passes. */
  threshold: number;
}

/**
 * A check that compares what the agent said with what was expected. When neither template is given and the turns of a
 * sample have expected values of their own, every such turn is compared with its own and the value is their mean;
 * a turn that did not take place counts 0. A value that is missing makes the score unscored, never a pass or a fail.
 */
export function checkPairs(
  options: PairOptions,
  score: (pair: Pair) => PairScore | UnscoredScore,
): (input: CheckInput) => ScoredScore | UnscoredScore {
  const isPlain = options.actual === undefined && options.expected === undefined;
  const actual = compileTemplate(options.actual ?? outputTemplate);
  const expected = compileTemplate(options.expected ?? expectedTemplate);
  return (input) => {
    if (input.trajectory.turns.length === 0) return unscored('the agent took no turn');
    if (isPlain && hasOwnExpectations(input)) return scoreTurns(input, options.threshold, score);
    if (isPlain && isSimulated(input.sample) && !isGiven(input.scope.expected)) {
      return notApplicable('a model plays the user of this sample, so that no output is expected');
    }
    const wanted = fill(expected, input.scope, options.expected ?? expectedTemplate);
    if (!wanted.isFilled) return unscored(wanted.reason);
    const said = fill(actual, input.scope, options.actual ?? outputTemplate);
    if (!said.isFilled) return unscored(said.reason);
    const result = score({ actual: said.value, expected: wanted.value });
    return 'kind' in result ? result : scored(result.value, result.reason, { threshold: options.threshold });
  };
}

/** A filled template, or why it could not be filled: a name that is not there, or is null. */
export type Filled = { isFilled: true; value: Json } | { isFilled: false; reason: string };

/** Fills a template of a checker's options; never throws. */
export function fill(template: Template, scope: JsonObject, source: Json): Filled {
  try {
    const value = template(scope);
    if (value !== null || source === null) return { isFilled: true, value };
    return { isFilled: false, reason: `${templateNames(source).join(', ') || 'the value'} of this sample is null` };
  } catch (error) {
    if (templateNames(source).includes('expected') && !Object.hasOwn(scope, 'expected')) {
      return { isFilled: false, reason: 'the sample has no "expected" value, which this checker compares with' };
    }
    return { isFilled: false, reason: error instanceof RangeError ? 'a value is nested too deep to be put into text' : templateProblem(error) };
  }
}

/** A value as text; a value that is nested too deep for JSON text is empty text. */
export function safeTextOf(value: Json): string {
  try {
    return textOf(value);
  } catch {
    return '';
  }
}

function hasOwnExpectations({ sample }: CheckInput): boolean {
  return (sample.turns.length > 1 || sample.expected === undefined) && sample.turns.some((turn) => isGiven(turn.expected));
}

function isGiven(value: Json | undefined): value is Json {
  return value !== undefined && value !== null;
}

function scoreTurns(input: CheckInput, threshold: number, score: (pair: Pair) => PairScore | UnscoredScore): ScoredScore | UnscoredScore {
  const perTurn: (number | null)[] = [];
  const reasons: string[] = [];
  let whyNot = 'no turn could be scored';
  const last = input.sample.turns.length - 1;
  for (const [index, wanted] of input.sample.turns.entries()) {
    const expected = wanted.expected ?? (index === last ? input.sample.expected : undefined);
    if (!isGiven(expected)) {
      perTurn.push(null);
      continue;
    }
    const turn = input.trajectory.turns[index];
    const result = turn ? score({ actual: turn.output, expected }) : { value: 0, reason: 'it did not take place' };
    if ('kind' in result) {
      whyNot = result.reason;
      perTurn.push(null);
      continue;
    }
    perTurn.push(result.value);
    reasons.push(`turn ${index + 1}: ${result.reason}`);
  }
  return reasons.length === 0 ? unscored(whyNot) : meanOfTurns(perTurn, reasons, threshold);
}

/** The mean over the turns that could be scored; the reason is that of the worst turn. Unscored when there is none. */
export function meanOfTurns(perTurn: (number | null)[], reasons: string[], threshold: number): ScoredScore | UnscoredScore {
  const values = perTurn.filter((value) => value !== null);
  if (values.length === 0) return unscored('no turn could be scored');
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const worst = reasons[values.indexOf(Math.min(...values))] ?? '';
  const reason = values.length === 1 ? worst : `mean ${roundText(mean)} over ${values.length} turns; ${worst}`;
  return { ...scored(mean, reason, { threshold, perTurn }), threshold };
}
