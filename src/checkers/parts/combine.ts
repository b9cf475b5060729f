import { ToolError } from '../../errors.ts';
import * as z from '../../records/schema.ts';
import { addUsage, type JudgeUsage, notApplicable, type Score, scored, unscored } from '../../records/score.ts';
import type { CheckerPart, CheckerPorts, CheckInput, NestedEntry } from '../checker.ts';
import { quote, roundText } from './quote.ts';

/** The option that holds the parts; each is validated by the schema of its own type. */
export const partsOption = z.described(
  z.array(z.looseObject({})).check(z.minLength(1), z.maxLength(50)),
  'checker entries, each with its own options, and "not", "name" and "weight" where wanted; 1 to 50',
);

/** What one part, or one turn, said. */
export interface PartScore {
  /** As it may stand in a reason. */
  label: string;
  weight: number;
  score: Score;
}

/** @throws ToolError with the place of each entry that cannot work */
export function compileParts(ports: CheckerPorts, entries: NestedEntry | readonly NestedEntry[], field: string): Promise<CheckerPart[]> {
  if (ports.compile) return ports.compile(entries, field);
  const message = 'checkers inside checkers cannot be compiled here';
  throw new ToolError({ code: 'checker-invalid', message, problems: [{ field, message }] });
}

/** Every part's score of one trajectory, in order. */
export function scoreParts(parts: readonly CheckerPart[], input: CheckInput): Promise<PartScore[]> {
  return Promise.all(parts.map(async ({ name, weight, check }) => ({ label: quote(name, 60), weight, score: await check(input) })));
}

/**
 * Passes when at least `needed` parts pass; the value is the `needed`-th highest, so that `all` has the lowest and `any`
 * the highest. Parts that do not apply are left out. A part that could not say leaves the whole unscored when it could
 * change whether the whole passes.
 */
export function combineByCount(parts: readonly PartScore[], needed: number | 'all'): Score {
  const applicable = parts.filter(isApplicable);
  const [nothing] = parts;
  if (applicable.length === 0) return notApplicable(nothing ? `no part applies: ${shorten(nothing.score.reason)}` : 'there is no part');
  const least = needed === 'all' ? applicable.length : needed;
  if (least > applicable.length) return unscored(`only ${applicable.length} of ${parts.length} parts apply, and ${least} have to hold`);
  const passing = applicable.filter(({ score }) => score.kind === 'scored' && score.pass);
  const open = applicable.filter(({ score }) => score.kind === 'unscored');
  const failing = applicable.filter(({ score }) => score.kind === 'scored' && !score.pass);
  const pass = passing.length >= least;
  const usage = usageOf(parts);
  if (!pass && passing.length + open.length >= least) return withUsage(unscored(describe(open)), usage);
  const values = applicable.flatMap(({ score }) => (score.kind === 'scored' ? [score.value] : [])).toSorted((a, b) => b - a);
  const value = values[Math.min(least, values.length) - 1] ?? 0;
  const count = `${passing.length} of ${applicable.length} hold`;
  const worst = pass ? (passing[0] ?? failing[0]) : failing[0];
  return withUsage(scored(value, `${count}${worst ? `; ${describe([worst])}` : ''}`, { pass }), usage);
}

/** The weighted mean of the values. Parts that do not apply are left out; one that could not say leaves the whole unscored. */
export function combineByMean(parts: readonly PartScore[], threshold: number): Score {
  const applicable = parts.filter(isApplicable);
  const [nothing] = parts;
  if (applicable.length === 0) return notApplicable(nothing ? `no part applies: ${shorten(nothing.score.reason)}` : 'there is no part');
  const usage = usageOf(parts);
  const open = applicable.filter(({ score }) => score.kind === 'unscored');
  if (open.length > 0) return withUsage(unscored(describe(open)), usage);
  const known = applicable.flatMap((part) => (part.score.kind === 'scored' ? [{ ...part, value: part.score.value }] : []));
  const total = known.reduce((sum, { weight }) => sum + weight, 0);
  const mean = Math.min(1, known.reduce((sum, { weight, value }) => sum + weight * value, 0) / total);
  // Weights such as 0.1 add up with a rounding error, which must not decide at the threshold.
  const value = Math.abs(mean - threshold) < 1e-12 ? threshold : mean;
  const lowest = known.reduce((worst, part) => (part.value < worst.value ? part : worst));
  const rest = known.length === 1 ? '' : `, lowest ${roundText(lowest.value)}`;
  return withUsage(scored(value, `mean ${roundText(value)} over ${known.length}${rest}; ${describe([lowest])}`, { threshold }), usage);
}

function isApplicable({ score }: PartScore): boolean {
  return score.kind === 'scored' || score.isApplicable !== false;
}

function describe(parts: readonly PartScore[]): string {
  const [first] = parts;
  if (!first) return 'there is no part';
  return `${first.label}: ${shorten(first.score.reason)}${parts.length > 1 ? `, and ${parts.length - 1} more` : ''}`;
}

/** Reasons of parts of parts may grow without end. */
function shorten(reason: string): string {
  return quote(reason, 250).slice(1, -1);
}

function usageOf(parts: readonly PartScore[]): JudgeUsage | undefined {
  return parts.reduce<JudgeUsage | undefined>((sum, { score }) => addUsage(sum, score.judge), undefined);
}

function withUsage(score: Score, usage: JudgeUsage | undefined): Score {
  return usage ? { ...score, judge: usage } : score;
}
