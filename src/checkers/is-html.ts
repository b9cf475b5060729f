import * as z from '../records/schema.ts';
import { type Score, scored, unscored } from '../records/score.ts';
import { compileTemplate } from '../template.ts';
import { defineChecker } from './checker.ts';
import { readHtml } from './parts/html.ts';
import { withoutFence } from './parts/json-value.ts';
import { actualOption } from './parts/options.ts';
import { fill, outputTemplate, safeTextOf } from './parts/pairs.ts';
import { quote } from './parts/quote.ts';

/** Characters that are read at most. */
const maxLength = 2_000_000;

const IsHtmlOptions = z.strictObject({
  elements: z.described(z._default(z.array(z.string().check(z.minLength(1))), []), 'names of elements that have to be there, such as table'),
  anywhere: z.described(z._default(z.boolean(), false), 'one complete element inside other text is enough; default false'),
  allowFence: z.described(z._default(z.boolean(), true), 'a reply that is one Markdown code fence counts by its content; default true'),
  actual: actualOption,
});

/** Stricter than a browser, which takes anything: elements are of HTML, closed in their order, and no text stands outside of them. */
export const isHtml = defineChecker({
  type: 'is-html',
  summary: 'The output is HTML whose elements are closed in their order, or holds an element, with the named elements',
  needs: [],
  example: { type: 'is-html', elements: ['table', 'td'] },
  options: IsHtmlOptions,
  create(options) {
    const source = options.actual ?? outputTemplate;
    const actual = compileTemplate(source);
    const wanted = options.elements.map((name) => name.toLowerCase());
    return ({ trajectory, scope }): Score => {
      if (trajectory.turns.length === 0) return unscored('the agent took no turn');
      const said = fill(actual, scope, source);
      if (!said.isFilled) return unscored(said.reason);
      const text = safeTextOf(said.value);
      if (text.length > maxLength) return unscored(`it has more than ${maxLength} characters`);
      const { elements, problem, hasTextOutside } = readHtml(options.allowFence && !options.anywhere ? withoutFence(text) : text);
      const why = elements.size === 0 ? 'there is no complete element in it' : hasTextOutside ? 'there is text outside of its elements' : undefined;
      const wrong = options.anywhere ? (elements.size === 0 ? (problem ?? why) : undefined) : (problem ?? why);
      if (wrong !== undefined) return scored(0, `it is not HTML, because ${quote(wrong).slice(1, -1)}: ${quote(text)}`);
      const missing = wanted.find((name) => !elements.has(name));
      if (missing !== undefined) return scored(0, `it is HTML without the element ${quote(missing, 80)}`);
      return scored(1, options.anywhere ? 'there is HTML in it' : 'it is HTML');
    };
  },
});
