import * as z from '../records/schema.ts';
import { scored, unscored } from '../records/score.ts';
import { compileTemplate } from '../template.ts';
import { defineChecker } from './checker.ts';
import { type FoundLink, findLinks, isHostLike, parseLink } from './parts/link.ts';
import { actualOption } from './parts/options.ts';
import { fill, outputTemplate, safeTextOf } from './parts/pairs.ts';
import { countText, quote } from './parts/quote.ts';

const Host = z.string().check(z.regex(/^(\*\.)?[^\s/*:]+$/, 'expected a host such as shop.example, or *.shop.example for all below it'));

const LinksOptions = z.strictObject({
  schemes: z.described(
    z._default(z.array(z.string().check(z.regex(/^[a-z][a-z0-9+.-]*$/, 'expected a scheme such as https'))).check(z.minLength(1)), [
      'https',
      'http',
      'mailto',
    ]),
    'schemes that are allowed; default https, http, mailto',
  ),
  hosts: z.described(z.optional(z.array(Host.clone())), 'hosts that are allowed, *.shop.example for all below one; default any'),
  forbidden: z.described(z._default(z.array(Host.clone()), []), 'hosts that are not allowed'),
  bare: z.described(z._default(z.boolean(), true), 'false: an address has to stand in a Markdown link or in <…>; default true'),
  relative: z.described(z._default(z.boolean(), false), 'links such as /help are allowed; default false'),
  min: z.described(z._default(z.int().check(z.minimum(0)), 0), 'links there have to be at least; default 0'),
  max: z.described(z.optional(z.int().check(z.minimum(0))), 'links there may be at most; default: no limit'),
  actual: actualOption,
});
type LinksOptions = z.infer<typeof LinksOptions>;

/** Nothing is fetched: whether a page is there is not known. */
export const links = defineChecker({
  type: 'links',
  summary: 'Every link is well formed and leads to an allowed host; the value is the share of such links',
  needs: [],
  example: { type: 'links', schemes: ['https'], hosts: ['shop.example', '*.shop.example'] },
  options: LinksOptions,
  create(options) {
    const source = options.actual ?? outputTemplate;
    const actual = compileTemplate(source);
    return ({ trajectory, scope }) => {
      if (trajectory.turns.length === 0) return unscored('the agent took no turn');
      const said = fill(actual, scope, source);
      if (!said.isFilled) return unscored(said.reason);
      const found = findLinks(safeTextOf(said.value));
      if (found.length < options.min) return scored(0, `it has ${countText(found.length, 'link')}, expected at least ${options.min}`);
      if (options.max !== undefined && found.length > options.max)
        return scored(0, `it has ${countText(found.length, 'link')}, expected at most ${options.max}`);
      const problems = found.flatMap((link) => problemOf(link, options) ?? []);
      const [first] = problems;
      if (first === undefined) return scored(1, found.length === 0 ? 'it has no link' : `${countText(found.length, 'link')}, as allowed`);
      return scored(
        (found.length - problems.length) / found.length,
        `${problems.length} of ${countText(found.length, 'link')} not as allowed: ${first}`,
      );
    };
  },
});

function problemOf({ target, isBare }: FoundLink, options: LinksOptions): string | undefined {
  const shown = quote(target, 80);
  const parsed = parseLink(target);
  if (parsed.kind === 'malformed') return `${shown} is not well formed, ${parsed.reason}`;
  if (parsed.kind === 'relative') return options.relative ? undefined : `${shown} has no host`;
  const { scheme, host, hasPassword } = parsed;
  if (!options.schemes.includes(scheme)) return `${shown} has the scheme ${quote(scheme, 20)}`;
  if (hasPassword) return `${quote(`${scheme}://${host ?? ''}`, 80)} carries a password`;
  if (isBare && !options.bare) return `${shown} stands bare`;
  if (host === undefined) return undefined;
  if (options.forbidden.some((pattern) => isHostLike(host, pattern))) return `${quote(host, 80)} is not allowed`;
  if (options.hosts && !options.hosts.some((pattern) => isHostLike(host, pattern))) return `${quote(host, 80)} is not one of the allowed hosts`;
  return undefined;
}
