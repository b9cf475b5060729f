import type { ExpectedToolCall } from '../../records/sample.ts';
import type { ToolCallStep } from '../../records/trajectory.ts';
import type { CallMatcher } from './call-match.ts';
import { maximumMatching } from './matching.ts';
import { countText, quote } from './quote.ts';

export type CallMatch = 'exact' | 'in-order' | 'any-order' | 'unordered' | 'subset' | 'precision' | 'recall' | 'f1';

export interface CallMatchResult {
  /** 0..1; undefined when it is not defined, such as a share of no calls. */
  value: number | undefined;
  reason: string;
}

interface Calls {
  expected: readonly ExpectedToolCall[];
  actual: readonly ToolCallStep[];
  isMatch: CallMatcher;
}

/**
 * One measure of two call lists. `exact`, `in-order` and `any-order` are 0 or 1 as in ADK, `unordered` (the same calls in
 * any order) and `subset` (no call that was not expected) as in agentevals; `precision`, `recall` and their harmonic mean
 * `f1` count each call at most once, by the best assignment. Without calls precision or recall are not defined.
 */
export function matchCalls({ match, ...calls }: Calls & { match: CallMatch }): CallMatchResult {
  switch (match) {
    case 'exact':
      return matchExact(calls);
    case 'in-order':
      return matchInOrder(calls);
    case 'any-order': {
      const { missing } = assign(calls);
      return missing === undefined ? passed(calls) : failed(calls, missing);
    }
    case 'unordered':
    case 'subset':
      return matchSet(calls, match);
    case 'precision':
    case 'recall':
      return share(calls, match);
    case 'f1':
      return harmonicMean(calls);
    default:
      return match satisfies never;
  }
}

function matchExact(calls: Calls): CallMatchResult {
  const { expected, actual, isMatch } = calls;
  const wrong = expected.findIndex((call, index) => {
    const said = actual[index];
    return said === undefined || !isMatch(call, said);
  });
  if (wrong >= 0) return failed(calls, wrong, actual[wrong]);
  const extra = actual[expected.length];
  return extra ? unexpected(actual.length - expected.length, extra) : passed(calls);
}

function matchSet(calls: Calls, match: 'unordered' | 'subset'): CallMatchResult {
  const { missing } = assign(calls);
  if (match === 'unordered' && missing !== undefined) return failed(calls, missing);
  const { expected, actual, isMatch } = calls;
  const turned = assign({ expected, actual, isMatch }, 'actual');
  const extra = turned.missing === undefined ? undefined : actual[turned.missing];
  if (extra) return unexpected(actual.length - turned.size, extra);
  return match === 'unordered' ? passed(calls) : { value: 1, reason: `${countText(actual.length, 'tool call')}, all of them expected` };
}

function unexpected(count: number, first: ToolCallStep): CallMatchResult {
  return { value: 0, reason: `it made ${countText(count, 'tool call')} that ${count === 1 ? 'was' : 'were'} not expected: ${describe(first)}` };
}

/** Greedy: taking each expected call as early as possible never costs a later one its place. */
function matchInOrder(calls: Calls): CallMatchResult {
  const { expected, actual, isMatch } = calls;
  let next = 0;
  for (const call of actual) {
    const wanted = expected[next];
    if (wanted && isMatch(wanted, call)) next++;
  }
  return next === expected.length ? passed(calls) : failed(calls, next);
}

function share(calls: Calls, match: 'precision' | 'recall'): CallMatchResult {
  const { size, missing } = assign(calls);
  const of = match === 'precision' ? calls.actual.length : calls.expected.length;
  if (of === 0)
    return {
      value: undefined,
      reason: match === 'precision' ? 'no tool was called, so there is no precision' : 'no call is expected, so there is no recall',
    };
  const lost = match === 'recall' && missing !== undefined ? `; missing is ${describe(calls.expected[missing])}` : '';
  return { value: size / of, reason: `${size} of ${of} ${match === 'precision' ? 'calls were expected' : 'expected calls were made'}${lost}` };
}

function harmonicMean(calls: Calls): CallMatchResult {
  const { size } = assign(calls);
  const { expected, actual } = calls;
  const both = expected.length + actual.length;
  if (both === 0) return passed(calls);
  return { value: (2 * size) / both, reason: `${size} of ${actual.length} calls were expected, of ${countText(expected.length, 'expected call')}` };
}

/** The best assignment; `missing` is an index of the side that `from` names. */
function assign({ expected, actual, isMatch }: Calls, from: 'expected' | 'actual' = 'expected'): ReturnType<typeof maximumMatching> {
  const isPair = (wanted: ExpectedToolCall | undefined, said: ToolCallStep | undefined): boolean =>
    wanted !== undefined && said !== undefined && isMatch(wanted, said);
  if (from === 'expected') {
    return maximumMatching({ left: expected.length, right: actual.length, isMatch: (left, right) => isPair(expected[left], actual[right]) });
  }
  return maximumMatching({ left: actual.length, right: expected.length, isMatch: (left, right) => isPair(expected[right], actual[left]) });
}

function passed({ expected }: Calls): CallMatchResult {
  return { value: 1, reason: expected.length === 0 ? 'no call was required' : `it made the ${countText(expected.length, 'expected tool call')}` };
}

function failed({ expected, actual }: Calls, index: number, instead?: ToolCallStep): CallMatchResult {
  const wanted = expected[index];
  const got = instead
    ? `got ${describe(instead)}`
    : actual.length === 0
      ? 'no tool was called'
      : `it called ${quote(
          actual
            .slice(0, 10)
            .map((call) => call.name)
            .join(', '),
        )}`;
  return { value: 0, reason: `expected call ${index + 1} of ${expected.length}, ${describe(wanted)}, is missing; ${got}` };
}

function describe(call: { name: string; args?: unknown } | undefined): string {
  if (!call) return 'nothing';
  return call.args === undefined ? quote(call.name, 60) : `${quote(call.name, 60)} with ${quote(argsText(call.args))}`;
}

function argsText(args: unknown): string {
  try {
    return JSON.stringify(args) ?? '';
  } catch {
    return 'arguments that are nested too deep to show';
  }
}
