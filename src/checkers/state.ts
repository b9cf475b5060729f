import { Json } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { type Score, scored, unscored } from '../records/score.ts';
import type { Trajectory } from '../records/trajectory.ts';
import { compileTemplate } from '../template.ts';
import { defineChecker } from './checker.ts';
import { isTooDeep, maxJsonDepth, parseJsonText } from './parts/json-value.ts';
import { thresholdOption } from './parts/options.ts';
import { fill, safeTextOf } from './parts/pairs.ts';
import { countText, quote } from './parts/quote.ts';
import { type CompiledAssertion, compileAssertion, StateAssertion } from './parts/state-assertion.ts';

const stateTemplate = '{{finalState}}';

const StateOptions = z.strictObject({
  assertions: z.described(
    z.array(StateAssertion).check(z.minLength(1), z.maxLength(200)),
    'what has to hold, each {path: …} with one of equals, subset, contains, matches, exists, length, grew',
  ),
  actual: z.described(z.optional(Json), 'template of the state that is looked at; JSON text counts as its value; default "{{finalState}}"'),
  before: z.described(z.optional(Json), 'template of the state before, for grew; default "{{state}}", the initial state of the sample'),
  threshold: thresholdOption(1),
});

/** Every assertion is told apart; the value is the share that holds. A state that was not reported is unscored, never a fail. */
export const state = defineChecker({
  type: 'state',
  summary: 'The final state is as it should be, by assertions on its paths; the value is the share that holds',
  needs: [],
  example: {
    type: 'state',
    assertions: [
      { path: '/orders/A1/status', equals: 'refunded' },
      { path: '/tickets', contains: { user: '{{row.user}}', open: true } },
    ],
  },
  options: StateOptions,
  async create({ assertions, actual = stateTemplate, before = '{{state}}', threshold }) {
    const [now, then] = [compileTemplate(actual), compileTemplate(before)];
    const isGrowthAsked = assertions.some(({ grew }) => grew !== undefined);
    const compiled: CompiledAssertion[] = [];
    for (const [index, assertion] of assertions.entries()) compiled.push(await compileAssertion(assertion, `assertions[${index}]`));
    return ({ trajectory, scope }): Score => {
      if (trajectory.turns.length === 0) return unscored('the agent took no turn');
      if (actual === stateTemplate && scope.finalState === undefined) return unscored('the agent did not report its final state');
      const filled = fill(now, scope, actual);
      if (!filled.isFilled) return unscored(filled.reason);
      const value = jsonOf(filled.value);
      if (isTooDeep(value)) return unscored(`the state is nested more than ${maxJsonDepth} levels deep`);
      const earlier = isGrowthAsked ? fill(then, scope, before) : undefined;
      const results = compiled.map((check) => check({ state: value, before: earlier?.isFilled ? jsonOf(earlier.value) : undefined, scope }));
      const open = results.find((result) => result.holds === undefined);
      const broken = results.filter((result) => result.holds === false);
      if (open && broken.length === 0) return unscored(open.reason);
      const held = results.length - broken.length - results.filter((result) => result.holds === undefined).length;
      if (!broken[0]) return scored(1, `${countText(results.length, 'assertion')} hold: ${results[0]?.reason}`, { threshold });
      return scored(
        held / results.length,
        `${broken.length} of ${countText(results.length, 'assertion')} not met: ${broken[0].reason}${whyAbsent(trajectory)}`,
        {
          threshold,
        },
      );
    };
  },
});

/** What could not be read into the final state after the last turn. */
function whyAbsent({ finalStateProblems: problems }: Trajectory): string {
  if (problems === null || typeof problems !== 'object') return '';
  const [first] = Object.entries(problems);
  return first ? `; ${quote(first[0], 40)} was not read: ${quote(String(first[1]), 200).slice(1, -1)}` : '';
}

function jsonOf(value: Json): Json {
  if (typeof value !== 'string') return value;
  const parsed = parseJsonText(safeTextOf(value));
  return parsed.isJson ? parsed.value : value;
}
