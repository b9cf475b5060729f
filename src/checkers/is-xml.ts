import * as z from '../records/schema.ts';
import { scored, unscored } from '../records/score.ts';
import { compileTemplate } from '../template.ts';
import { defineChecker } from './checker.ts';
import { withoutFence } from './parts/json-value.ts';
import { actualOption } from './parts/options.ts';
import { fill, outputTemplate, safeTextOf } from './parts/pairs.ts';
import { quote } from './parts/quote.ts';
import { readXmlElement, skipXmlMisc, type XmlReading } from './parts/xml.ts';

/** Places of a text at which an element is looked for at most. */
const maxPlaces = 50;

const IsXmlOptions = z.strictObject({
  elements: z.described(
    z._default(z.array(z.string().check(z.minLength(1))), []),
    'paths of elements that have to be there, from the root, such as order.item',
  ),
  anywhere: z.described(z._default(z.boolean(), false), 'a complete element inside other text is enough; default false'),
  allowFence: z.described(z._default(z.boolean(), true), 'a reply that is one Markdown code fence counts by its content; default true'),
  actual: actualOption,
});

/** Documents with an internal document type subset are refused: what their entities stand for is not read. */
export const isXml = defineChecker({
  type: 'is-xml',
  summary: 'The output is one well-formed XML document, or holds a complete element, with the named elements',
  needs: [],
  example: { type: 'is-xml', elements: ['order.item'] },
  options: IsXmlOptions,
  create(options) {
    const source = options.actual ?? outputTemplate;
    const actual = compileTemplate(source);
    return ({ trajectory, scope }) => {
      if (trajectory.turns.length === 0) return unscored('the agent took no turn');
      const said = fill(actual, scope, source);
      if (!said.isFilled) return unscored(said.reason);
      const text = safeTextOf(said.value);
      const reading = options.anywhere
        ? findElement(text, options.elements)
        : readDocument((options.allowFence ? withoutFence(text) : text).trim(), options.elements);
      if (reading.problem !== undefined)
        return scored(0, `it is not well-formed XML, because ${quote(reading.problem).slice(1, -1)}: ${quote(text)}`);
      const missing = options.elements.find((path) => !reading.paths.has(path));
      if (missing !== undefined) return scored(0, `it is well-formed XML without the element ${quote(missing, 80)}`);
      return scored(1, 'it is well-formed XML');
    };
  },
});

function readDocument(text: string, elements: readonly string[]): XmlReading {
  const prolog = skipXmlMisc(text, 0, { prolog: true });
  if (prolog.problem !== undefined) return { ...prolog, paths: new Set() };
  if (text[prolog.end] !== '<')
    return { problem: text === '' ? 'it is empty' : 'there is text outside the root element', end: prolog.end, paths: new Set() };
  const element = readXmlElement(text, prolog.end, elements);
  if (element.problem !== undefined) return element;
  const epilog = skipXmlMisc(text, element.end, { prolog: false });
  if (epilog.problem !== undefined) return { ...element, problem: epilog.problem };
  return epilog.end === text.length ? element : { ...element, problem: 'something stands after the root element' };
}

/** The first complete element that has what is wanted, else the first complete one. */
function findElement(text: string, elements: readonly string[]): XmlReading {
  let first: XmlReading | undefined;
  let at = -1;
  for (let places = 0; places < maxPlaces; places++) {
    at = text.indexOf('<', at + 1);
    if (at < 0) break;
    const reading = readXmlElement(text, at, elements);
    if (reading.problem !== undefined) continue;
    if (elements.every((path) => reading.paths.has(path))) return reading;
    first ??= reading;
    at = reading.end - 1;
  }
  return first ?? { problem: 'there is no complete element in it', end: 0, paths: new Set() };
}
