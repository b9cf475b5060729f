import * as z from '../records/schema.ts';
import { scored, unscored } from '../records/score.ts';
import { compileTemplate } from '../template.ts';
import { defineChecker } from './checker.ts';
import { findJson, type ParsedJson, parseJsonText } from './parts/json-value.ts';
import { actualOption } from './parts/options.ts';
import { fill, outputTemplate, safeTextOf } from './parts/pairs.ts';
import { quote } from './parts/quote.ts';

const IsJsonOptions = z.strictObject({
  kind: z.described(z._default(z.enum(['any', 'object', 'list']), 'any'), 'any value, an object or a list; default any'),
  anywhere: z.described(z._default(z.boolean(), false), 'a JSON object or list inside other text is enough; default false'),
  allowFence: z.described(z._default(z.boolean(), true), 'a reply that is one Markdown code fence counts by its content; default true'),
  actual: actualOption,
});

export const isJson = defineChecker({
  type: 'is-json',
  summary: 'The output is JSON, or holds some; what it has to look like is for json-schema',
  needs: [],
  example: { type: 'is-json', kind: 'object' },
  options: IsJsonOptions,
  create(options) {
    const source = options.actual ?? outputTemplate;
    const actual = compileTemplate(source);
    return ({ trajectory, scope }) => {
      if (trajectory.turns.length === 0) return unscored('the agent took no turn');
      const said = fill(actual, scope, source);
      if (!said.isFilled) return unscored(said.reason);
      const text = safeTextOf(said.value);
      const parsed = parse(text, options);
      if (!parsed.isJson) return scored(0, `${parsed.reason}: ${quote(text)}`);
      const kind = kindOf(parsed.value);
      if (options.kind !== 'any' && kind !== options.kind)
        return scored(0, `it is JSON, but ${kind === 'other' ? 'neither object nor list' : `a JSON ${kind}`}`);
      return scored(1, 'it is JSON');
    };
  },
});

function parse(text: string, { anywhere, allowFence }: { anywhere: boolean; allowFence: boolean }): ParsedJson {
  const whole = parseJsonText(text, { allowFence });
  if (whole.isJson || !anywhere) return whole;
  const found = findJson(text);
  return found === undefined ? { isJson: false, reason: 'there is no JSON in it' } : { isJson: true, value: found };
}

function kindOf(value: unknown): 'object' | 'list' | 'other' {
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' && value !== null ? 'object' : 'other';
}
