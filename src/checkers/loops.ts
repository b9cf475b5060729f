import * as z from '../records/schema.ts';
import { type Score, scored, unscored } from '../records/score.ts';
import { type ToolCallStep, toolCallsOf } from '../records/trajectory.ts';
import { defineChecker } from './checker.ts';
import { countText, quote } from './parts/quote.ts';
import { callKey } from './parts/tool-call.ts';

const LoopsOptions = z.strictObject({
  times: z.described(z._default(z.int().check(z.minimum(2), z.maximum(1000)), 3), 'so many times in a row are a loop; at least 2; default 3'),
  longestCycle: z.described(
    z._default(z.int().check(z.minimum(1), z.maximum(20)), 4),
    'calls of a repeated sequence at most; 1: only the same call again; default 4',
  ),
  args: z.described(
    z._default(z.enum(['exact', 'ignore']), 'exact'),
    'exact: a call is the same with the same arguments; ignore: by its tool alone; default exact',
  ),
  sameCall: z.described(
    z.optional(z.int().check(z.minimum(1))),
    'times that the same call may be made at most in all, in a row or not; default: no limit',
  ),
});

export const loops = defineChecker({
  type: 'loops',
  summary: 'The agent does not repeat a call, or a short sequence of calls, over and over',
  needs: ['tools'],
  example: { type: 'loops', times: 3, longestCycle: 4 },
  options: LoopsOptions,
  create:
    ({ times, longestCycle, args, sameCall }) =>
    ({ trajectory }): Score => {
      if (trajectory.turns.length === 0) return unscored('the agent took no turn');
      const calls = toolCallsOf(trajectory);
      const keys = numbered(calls.map((call) => callKey(call, { args: args === 'exact' })));
      for (let length = 1; length <= longestCycle; length++) {
        const loop = findLoop(keys, length, times);
        if (loop) return scored(0, `it made ${describe(calls.slice(loop.at, loop.at + length))} ${loop.times} times in a row`);
      }
      const most = sameCall === undefined ? undefined : mostFrequent(keys);
      if (most && sameCall !== undefined && most.count > sameCall) {
        return scored(0, `it made ${describe(calls.slice(most.at, most.at + 1))} ${most.count} times, more than ${sameCall}`);
      }
      return scored(1, `no loop in ${countText(calls.length, 'tool call')}`);
    },
});

/** Equal texts get equal numbers, which compare in no time. */
function numbered(keys: readonly string[]): number[] {
  const numbers = new Map<string, number>();
  return keys.map((key) => {
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  });
}

/** The first sequence of this length that is repeated often enough, and how often it really is. */
function findLoop(keys: readonly number[], length: number, times: number): { at: number; times: number } | undefined {
  let run = 0;
  for (let index = length; index <= keys.length; index++) {
    const isRepeat = index < keys.length && keys[index] === keys[index - length];
    if (isRepeat) {
      run++;
      continue;
    }
    const found = Math.floor(run / length) + 1;
    if (found >= times) return { at: index - run - length, times: found };
    run = 0;
  }
  return undefined;
}

function mostFrequent(keys: readonly number[]): { at: number; count: number } | undefined {
  const counts = new Map<number, { at: number; count: number }>();
  let most: { at: number; count: number } | undefined;
  for (const [at, key] of keys.entries()) {
    const entry = counts.get(key) ?? { at, count: 0 };
    entry.count++;
    counts.set(key, entry);
    if (!most || entry.count > most.count) most = entry;
  }
  return most;
}

function describe(calls: readonly ToolCallStep[]): string {
  const names = quote(calls.map(({ name }) => name).join(', '));
  return calls.length === 1 ? `the call ${names}` : `the calls ${names}`;
}
