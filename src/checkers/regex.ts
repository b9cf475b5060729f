import * as z from '../records/schema.ts';
import { scored, unscored } from '../records/score.ts';
import { compileTemplate } from '../template.ts';
import { defineChecker } from './checker.ts';
import { actualOption } from './parts/options.ts';
import { fill, outputTemplate, safeTextOf } from './parts/pairs.ts';
import { loadPatternCompiler } from './parts/pattern.ts';
import { quote } from './parts/quote.ts';

const RegexOptions = z.strictObject({
  pattern: z.described(
    z.string().check(z.minLength(1)),
    'RE2 pattern, found anywhere in the output; anchor it with ^ and $; no look-around, no back-references',
  ),
  flags: z.described(
    z._default(
      z.string().check(z.regex(/^[imsu]*$/, 'flags are i (ignore case), m (^ and $ at lines), s (. matches line ends); u is always on')),
      '',
    ),
    'i (ignore case), m (^ and $ at lines), s (. matches line ends)',
  ),
  actual: actualOption,
});

export const regex = defineChecker({
  type: 'regex',
  summary: 'The output matches a regular expression, in linear time',
  needs: [],
  example: { type: 'regex', pattern: 'order #\\d{6}', flags: 'i' },
  options: RegexOptions,
  async create(options) {
    const compilePattern = await loadPatternCompiler();
    const pattern = compilePattern(options.pattern, { flags: options.flags, field: 'pattern' });
    const source = options.actual ?? outputTemplate;
    const actual = compileTemplate(source);
    return ({ trajectory, scope }) => {
      if (trajectory.turns.length === 0) return unscored('the agent took no turn');
      const said = fill(actual, scope, source);
      if (!said.isFilled) return unscored(said.reason);
      const text = safeTextOf(said.value);
      const found = pattern.find(text);
      if (found !== undefined) return scored(1, `it matches /${options.pattern}/ with ${quote(found)}`);
      return scored(0, `nothing matches /${options.pattern}/ in ${quote(text)}`);
    };
  },
});
