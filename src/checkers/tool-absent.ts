import * as z from '../records/schema.ts';
import { scored, unscored } from '../records/score.ts';
import { type ToolCallStep, toolCallsOf } from '../records/trajectory.ts';
import { defineChecker } from './checker.ts';
import { loadPatternCompiler, type Pattern } from './parts/pattern.ts';
import { quote } from './parts/quote.ts';
import { isNamed } from './parts/tool-call.ts';

const ToolAbsentOptions = z
  .strictObject({
    tools: z.described(z.optional(z.array(z.string().check(z.minLength(1))).check(z.minLength(1))), 'names of tools, plain or server__name'),
    pattern: z.described(z.optional(z.string().check(z.minLength(1))), 'RE2 pattern of tool names, found anywhere in the name'),
  })
  .check(z.refine((options) => options.tools !== undefined || options.pattern !== undefined, { message: 'give "tools" or "pattern"' }));

export const toolAbsent = defineChecker({
  type: 'tool-absent',
  summary: 'The agent called none of the named tools',
  needs: ['tools'],
  example: { type: 'tool-absent', tools: ['delete_account'] },
  options: ToolAbsentOptions,
  async create({ tools = [], pattern }) {
    const compiled = pattern === undefined ? undefined : (await loadPatternCompiler())(pattern, { field: 'pattern' });
    return ({ trajectory }) => {
      if (trajectory.turns.length === 0) return unscored('the agent took no turn');
      const calls = toolCallsOf(trajectory);
      const found = calls.find((call) => tools.some((name) => isNamed(call, name)) || isPatternMatch(call, compiled));
      if (found) return scored(0, `it called ${quote(found.name, 60)}, which it must not`);
      return scored(1, `none of its ${calls.length} tool calls is one that it must not make`);
    };
  },
});

function isPatternMatch(call: ToolCallStep, pattern: Pattern | undefined): boolean {
  if (!pattern) return false;
  return pattern.test(call.name) || (call.server !== undefined && pattern.test(`${call.server}__${call.name}`));
}
