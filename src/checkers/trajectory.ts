import { ToolError } from '../errors.ts';
import type { Json } from '../records/json.ts';
import { ExpectedToolCall } from '../records/sample.ts';
import * as z from '../records/schema.ts';
import { notApplicable, type Score, scored, unscored } from '../records/score.ts';
import { type ToolCallStep, toolCallsOf } from '../records/trajectory.ts';
import { compileTemplate } from '../template.ts';
import { type CheckInput, defineChecker } from './checker.ts';
import { ArgsMode, type CallMatcher, createCallMatcher, FieldRule } from './parts/call-match.ts';
import { thresholdOption } from './parts/options.ts';
import { fill, meanOfTurns } from './parts/pairs.ts';
import { countText, quote } from './parts/quote.ts';
import { type CallMatch, matchCalls } from './parts/sequence-match.ts';
import { callsOfTurn, isNamed } from './parts/tool-call.ts';

const TrajectoryOptions = z.strictObject({
  match: z.described(
    z._default(z.enum(['exact', 'in-order', 'any-order', 'unordered', 'subset', 'precision', 'recall', 'f1', 'single-tool']), 'exact'),
    'exact: the same calls and no others; in-order, any-order: all expected calls, others allowed between; unordered: the same calls in any order; subset: no call that was not expected; precision: share of the calls that were expected; recall: share of the expected calls that were made; f1: harmonic mean of the two; single-tool: one tool was called; default exact',
  ),
  tool: z.described(z.optional(z.string().check(z.minLength(1))), 'for single-tool: its name'),
  args: z.described(
    z._default(ArgsMode, 'exact'),
    'arguments: exact (deep equal), subset (extra ones allowed), superset (some may be left out, none added) or ignore; default exact',
  ),
  fields: z.described(
    z._default(z.record(z.string(), FieldRule), {}),
    'rules for single arguments, by name or by JSON pointer such as /items/*/id: exact, ignore, present, {tolerance: 0.01}, {regex: "^A"}, {ignoreCase: true}, {schema: {…}}, {default: 1}',
  ),
  tools: z.described(
    z.optional(z.record(z.string(), z.strictObject({ args: z.optional(ArgsMode), fields: z.optional(z.record(z.string(), FieldRule)) }))),
    'args and fields of single tools, by name, in place of those above',
  ),
  expected: z.described(
    z.optional(z.union([z.array(ExpectedToolCall), z.string()])),
    'expected calls of the whole conversation, or a template of them; default: the toolCalls of each turn of the sample',
  ),
  threshold: thresholdOption(1),
});
type TrajectoryOptions = z.infer<typeof TrajectoryOptions>;

export const trajectory = defineChecker({
  type: 'trajectory',
  summary:
    'The agent called the expected tools: exact, in order, any order, as sets, precision, recall or one tool; mean over the turns, as ADK has it',
  needs: ['expected', 'tools'],
  example: { type: 'trajectory', match: 'in-order', args: 'subset', fields: { note: 'ignore' } },
  options: TrajectoryOptions,
  async create(options) {
    const isMatch = await createCallMatcher(options);
    if (options.match === 'single-tool') return createSingleToolCheck(options);
    const { match } = options;
    if (options.expected === undefined) return (input) => checkTurns(input, { ...options, match, isMatch });
    const expected = options.expected as Json;
    const template = compileTemplate(expected);
    return (input) => {
      if (input.trajectory.turns.length === 0) return unscored('the agent took no turn');
      const filled = fill(template, input.scope, expected);
      if (!filled.isFilled) return unscored(filled.reason);
      const calls = z.array(ExpectedToolCall).safeParse(filled.value);
      if (!calls.success) return unscored('the expected calls are not a list of {name, args}');
      const result = matchCalls({ match, expected: calls.data, actual: toolCallsOf(input.trajectory), isMatch });
      return result.value === undefined ? unscored(result.reason) : scored(result.value, result.reason, options);
    };
  },
});

function createSingleToolCheck({ tool, threshold }: TrajectoryOptions): (input: CheckInput) => Score {
  if (tool === undefined) {
    const message = 'match "single-tool" needs the name of the tool';
    const remedy = 'add "tool", such as tool: lookup_order';
    throw new ToolError({ code: 'checker-invalid', message, remedy, problems: [{ field: 'tool', message, remedy }] });
  }
  return (input) => {
    if (input.trajectory.turns.length === 0) return unscored('the agent took no turn');
    const calls = toolCallsOf(input.trajectory);
    const count = calls.filter((call) => isNamed(call, tool)).length;
    if (count > 0) return scored(1, `it called ${quote(tool, 60)}${count > 1 ? ` ${count} times` : ''}`, { threshold });
    return scored(0, `it did not call ${quote(tool, 60)}, but made ${describeCalls(calls)}`, { threshold });
  };
}

/** One value per turn of the sample that says which calls are expected; a turn that did not take place counts 0. */
function checkTurns(input: CheckInput, options: { match: CallMatch; threshold: number; isMatch: CallMatcher }): Score {
  if (input.trajectory.turns.length === 0) return unscored('the agent took no turn');
  if (!input.sample.turns.some((turn) => turn.toolCalls)) {
    return notApplicable('the sample has no "toolCalls", which say which calls are expected; [] says none');
  }
  const perTurn: (number | null)[] = [];
  const reasons: string[] = [];
  let whyNot = '';
  for (const [index, { toolCalls }] of input.sample.turns.entries()) {
    const result = toolCalls ? checkTurn(input, { ...options, index, expected: toolCalls }) : { value: undefined, reason: whyNot };
    perTurn.push(result.value ?? null);
    if (result.value === undefined) whyNot = result.reason;
    else reasons.push(input.sample.turns.length > 1 ? `turn ${index + 1}: ${result.reason}` : result.reason);
  }
  return reasons.length === 0 ? unscored(whyNot) : meanOfTurns(perTurn, reasons, options.threshold);
}

function checkTurn(
  { sample, trajectory: { turns } }: CheckInput,
  { index, expected, match, isMatch }: { index: number; expected: ExpectedToolCall[]; match: CallMatch; isMatch: CallMatcher },
): { value: number | undefined; reason: string } {
  const turn = turns[index];
  if (!turn) return { value: 0, reason: 'it did not take place' };
  // A one-turn sample judges all that the agent did, however its driver split it into turns.
  const actual = sample.turns.length === 1 ? turns.flatMap(callsOfTurn) : callsOfTurn(turn);
  return matchCalls({ match, expected, actual, isMatch });
}

function describeCalls(calls: readonly ToolCallStep[]): string {
  if (calls.length === 0) return 'no tool call';
  return `${countText(calls.length, 'tool call')}: ${quote(
    calls
      .slice(0, 10)
      .map((call) => call.name)
      .join(', '),
  )}`;
}
