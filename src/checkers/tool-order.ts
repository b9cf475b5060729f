import { canonicalJson } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { notApplicable, type Score, scored, unscored } from '../records/score.ts';
import { type ToolCallStep, toolCallsOf } from '../records/trajectory.ts';
import { defineChecker } from './checker.ts';
import { isTooDeep } from './parts/json-value.ts';
import { parsePath, valuesAt } from './parts/pointer.ts';
import { countText, quote } from './parts/quote.ts';
import { argsOf, isNamedLike } from './parts/tool-call.ts';

const name = z.string().check(z.minLength(1));
const relations = ['before', 'after', 'immediatelyBefore', 'immediatelyAfter', 'neverWith'] as const;

const Rule = z
  .strictObject({
    tool: z.described(name.clone(), 'the tool that is asked for; a call of it that failed does not count; * stands for any text'),
    before: z.described(z.optional(name.clone()), 'each call of this tool has one of `tool` somewhere before it'),
    after: z.described(z.optional(name.clone()), 'each call of this tool has one of `tool` somewhere after it'),
    immediatelyBefore: z.described(z.optional(name.clone()), 'the call just before each call of this tool is one of `tool`'),
    immediatelyAfter: z.described(z.optional(name.clone()), 'the call just after each call of this tool is one of `tool`'),
    neverWith: z.described(z.optional(name.clone()), 'a conversation with this tool has no call of `tool`, failed or not'),
    same: z.described(
      z.optional(z.union([name.clone(), z.array(name.clone()).check(z.minLength(1))])),
      'arguments that both calls have with the same value, by name or JSON pointer',
    ),
    counted: z.described(z.optional(z.boolean()), 'for before and after: each call needs one of its own; default false'),
  })
  .check(
    z.refine((rule) => relations.filter((key) => rule[key] !== undefined).length === 1, { message: `give exactly one of ${relations.join(', ')}` }),
  );
type Rule = z.infer<typeof Rule>;

const ToolOrderOptions = z.strictObject({
  rules: z.described(z.array(Rule).check(z.minLength(1), z.maxLength(100)), 'what has to hold, such as {tool: verify, before: refund}'),
  whenUnused: z.described(
    z._default(z.enum(['pass', 'skip']), 'pass'),
    'when no rule has a call to look at: pass, or skip (the checker then takes no part); default pass',
  ),
});

/** The value is the mean over the rules of the share of calls for which the rule holds. */
export const toolOrder = defineChecker({
  type: 'tool-order',
  summary: 'Tools were called in the order that rules ask for: before, after, just before, just after, never together',
  needs: ['tools'],
  example: { type: 'tool-order', rules: [{ tool: 'verify_identity', before: 'refund', same: 'customerId' }] },
  options: ToolOrderOptions,
  create:
    ({ rules, whenUnused }) =>
    ({ trajectory }): Score => {
      if (trajectory.turns.length === 0) return unscored('the agent took no turn');
      const calls = toolCallsOf(trajectory);
      const results = rules.map((rule) => checkRule(rule, calls)).filter(({ total }) => total > 0);
      if (results.length === 0) {
        const reason = `none of the ${countText(calls.length, 'tool call')} has a rule`;
        return whenUnused === 'skip' ? notApplicable(reason) : scored(1, reason);
      }
      const broken = results.find(({ held, total }) => held < total);
      const value = results.reduce((sum, { held, total }) => sum + held / total, 0) / results.length;
      if (broken) return scored(value, `${broken.reason}; it holds for ${broken.held} of ${broken.total}`, { pass: false });
      return scored(1, `${results.length === 1 ? 'the rule holds' : `${results.length} rules hold`}: ${results[0]?.reason}`);
    },
});

interface RuleResult {
  /** Calls that the rule looks at, and those for which it holds. */
  total: number;
  held: number;
  reason: string;
}

const words = { before: 'before', after: 'after', immediatelyBefore: 'just before', immediatelyAfter: 'just after', neverWith: 'together with' };

function checkRule(rule: Rule, calls: readonly ToolCallStep[]): RuleResult {
  const relation = relations.find((key) => rule[key] !== undefined) ?? 'before';
  const other = rule[relation] ?? '';
  const sides: Sides = {
    isTrigger: (call) => isNamedLike(call, other),
    isAsked: (call) => isNamedLike(call, rule.tool) && (relation === 'neverWith' || call.isError !== true),
    keyOf: (call) => sameKey(call, rule.same),
    isCounted: rule.counted === true,
  };
  const total = calls.filter(sides.isTrigger).length;
  const never = relation === 'neverWith' ? 'never ' : '';
  const reason = `${quote(rule.tool, 60)} is ${never}called ${words[relation]} each ${quote(other, 60)}`;
  return { total, held: countHeld(relation, calls, sides), reason };
}

interface Sides {
  isTrigger(call: ToolCallStep): boolean;
  isAsked(call: ToolCallStep): boolean;
  /** Calls of the two sides belong together when their keys are the same; undefined belongs to none. */
  keyOf(call: ToolCallStep): string | undefined;
  isCounted: boolean;
}

function countHeld(relation: (typeof relations)[number], calls: readonly ToolCallStep[], sides: Sides): number {
  switch (relation) {
    case 'before':
      return countPreceded(calls, sides);
    case 'after':
      return countPreceded(calls.toReversed(), sides);
    case 'immediatelyBefore':
      return countAdjacent(calls, sides, -1);
    case 'immediatelyAfter':
      return countAdjacent(calls, sides, 1);
    case 'neverWith':
      return countApart(calls, sides);
    default:
      return relation satisfies never;
  }
}

/** Triggers with a partner before them. Counted, each uses one up; which one does not matter, all that are there fit equally. */
function countPreceded(calls: readonly ToolCallStep[], { isTrigger, isAsked, keyOf, isCounted }: Sides): number {
  const free = new Map<string, number>();
  let held = 0;
  for (const call of calls) {
    const [isOne, isOther] = [isTrigger(call), isAsked(call)];
    const key = isOne || isOther ? keyOf(call) : undefined;
    if (key === undefined) continue;
    const there = free.get(key) ?? 0;
    let left = there;
    if (isOne && there > 0) {
      held++;
      if (isCounted) left--;
    }
    if (isOther) left++;
    if (left !== there) free.set(key, left);
  }
  return held;
}

function countAdjacent(calls: readonly ToolCallStep[], { isTrigger, isAsked, keyOf }: Sides, step: number): number {
  return calls.filter((call, index) => {
    if (!isTrigger(call)) return false;
    const neighbour = calls[index + step];
    const key = keyOf(call);
    return neighbour !== undefined && isAsked(neighbour) && key !== undefined && keyOf(neighbour) === key;
  }).length;
}

function countApart(calls: readonly ToolCallStep[], { isTrigger, isAsked, keyOf }: Sides): number {
  const asked = new Map<string, number>();
  for (const call of calls) {
    const key = isAsked(call) ? keyOf(call) : undefined;
    if (key !== undefined) asked.set(key, (asked.get(key) ?? 0) + 1);
  }
  return calls.filter((call) => {
    if (!isTrigger(call)) return false;
    const key = keyOf(call);
    return key === undefined || (asked.get(key) ?? 0) <= (isAsked(call) ? 1 : 0);
  }).length;
}

function sameKey(call: ToolCallStep, same: Rule['same']): string | undefined {
  if (same === undefined) return '';
  const args = argsOf(call);
  if (args === undefined || isTooDeep(args)) return undefined;
  const values = [same].flat().map((key) => valuesAt(args, key.startsWith('/') ? parsePath(key) : [key]));
  return values.every((found) => found.length > 0) ? canonicalJson(values) : undefined;
}
