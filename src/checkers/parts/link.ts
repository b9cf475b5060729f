/** A link as it stands in a text. */
export interface FoundLink {
  target: string;
  /** Not in Markdown brackets. */
  isBare: boolean;
}

export type ParsedLink =
  | { kind: 'absolute'; scheme: string; host: string | undefined; hasPassword: boolean }
  | { kind: 'relative' }
  | { kind: 'malformed'; reason: string };

/** Links of one text that are looked at, and characters of a Markdown target. */
const maxLinks = 2_000;
const maxTargetLength = 1_000;

/** The links of a text in order: Markdown links and images, `<…>`, and addresses that stand for themselves. */
export function findLinks(text: string): FoundLink[] {
  const found: { at: number; link: FoundLink }[] = [];
  const taken: [number, number][] = [];
  let tries = 0;
  for (let at = text.indexOf(']('); at >= 0 && tries < maxLinks; at = text.indexOf('](', at + 2)) {
    tries++;
    const end = endOfTarget(text, at + 2);
    if (end === undefined) continue;
    const target =
      text
        .slice(at + 2, end)
        .trim()
        .replace(/^<([^<>]*)>.*$/s, '$1')
        .split(/\s/)[0] ?? '';
    found.push({ at, link: { target, isBare: false } });
    const start = startOfLink(text, at);
    // An image inside the text of a link.
    while ((taken.at(-1)?.[0] ?? -1) >= start) taken.pop();
    taken.push([start, end]);
  }
  let next = 0;
  for (const { at, target } of bareAddresses(text)) {
    if (found.length >= maxLinks) break;
    while (next < taken.length && (taken[next]?.[1] ?? 0) < at) next++;
    if ((taken[next]?.[0] ?? Number.POSITIVE_INFINITY) <= at) continue;
    found.push({ at, link: { target: withoutTrailing(target), isBare: text[at - 1] !== '<' } });
  }
  return found.toSorted((a, b) => a.at - b.at).map(({ link }) => link);
}

/** From each mark of an address outwards: most text has none, and is then not read twice. */
function* bareAddresses(text: string): Generator<{ at: number; target: string }> {
  let end = 0;
  for (const { 0: mark, index } of text.matchAll(/:\/\/|www\.(?=[A-Za-z0-9])|mailto:/g)) {
    if (index < end) continue;
    const scheme =
      mark === '://' ? (/(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{1,19}$/.exec(text.slice(Math.max(0, index - 21), index))?.[0] ?? '') : '';
    if (mark === '://' ? scheme === '' : /[A-Za-z0-9_]/.test(text.charAt(index - 1))) continue;
    const at = index - scheme.length;
    const rest = /^(?:(?!\]\()[^\s<>"'`\\^{|}])+/.exec(text.slice(index + mark.length, index + 2_000))?.[0] ?? '';
    if (rest === '') continue;
    end = index + mark.length + rest.length;
    yield { at, target: scheme + mark + rest };
  }
}

/** Where the `[` stands to which a `](` belongs, on the same line and within reason; else the place of that. */
function startOfLink(text: string, from: number): number {
  let depth = 1;
  for (let at = from - 1; at >= Math.max(0, from - maxTargetLength); at--) {
    const character = text[at];
    if (character === '\n') break;
    if (character === ']') depth++;
    if (character === '[') depth--;
    if (depth === 0) return at;
  }
  return from;
}

/** Where the bracket of a Markdown target is closed, on the same line and within reason. */
function endOfTarget(text: string, start: number): number | undefined {
  let depth = 1;
  for (let at = start; at < Math.min(text.length, start + maxTargetLength); at++) {
    const character = text[at];
    if (character === '\n') return undefined;
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (depth === 0) return at;
  }
  return undefined;
}

/** Marks at the end belong to the sentence, and a bracket that was opened outside. */
function withoutTrailing(address: string): string {
  const isOuter = { ')': !address.includes('('), ']': !address.includes('[') };
  let end = address.length;
  for (;;) {
    const last = address[end - 1] ?? '';
    const isOuterBracket = (last === ')' || last === ']') && isOuter[last];
    if (!/[.,;:!?*_~\u2026\u3002\uff0c]/.test(last) && !isOuterBracket) return address.slice(0, end);
    end--;
  }
}

/** What a target is by RFC 3986, as far as it shows: scheme, host, port and escapes. */
export function parseLink(target: string): ParsedLink {
  if (target === '') return { kind: 'malformed', reason: 'it is empty' };
  if (/%(?![0-9A-Fa-f]{2})/.test(target)) return { kind: 'malformed', reason: 'a % begins no escape' };
  if (/[\s<>"\\^`{|}]/.test(target)) return { kind: 'malformed', reason: 'it holds a character that no address may hold' };
  const full = target.startsWith('www.') ? `https://${target}` : target;
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(full)?.[1]?.toLowerCase();
  if (scheme === undefined) return full.startsWith('//') ? parseAuthority('https', full.slice(2)) : { kind: 'relative' };
  const rest = full.slice(scheme.length + 1);
  if (rest.startsWith('//')) return parseAuthority(scheme, rest.slice(2));
  if (scheme === 'http' || scheme === 'https') return { kind: 'malformed', reason: '"//" is missing' };
  if (rest === '') return { kind: 'malformed', reason: 'nothing follows the scheme' };
  return { kind: 'absolute', scheme, host: undefined, hasPassword: false };
}

function parseAuthority(scheme: string, rest: string): ParsedLink {
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  const at = authority.lastIndexOf('@');
  const hostAndPort = authority.slice(at + 1);
  const [, host = '', port] = /^(\[[0-9A-Fa-f:.]+\]|[^:]*)(?::(\d*))?$/.exec(hostAndPort) ?? [];
  if (host === '')
    return scheme === 'file' ? { kind: 'absolute', scheme, host: undefined, hasPassword: false } : { kind: 'malformed', reason: 'there is no host' };
  if (port !== undefined && (port === '' || Number(port) > 65_535)) return { kind: 'malformed', reason: 'the port is not one' };
  const labels = host.startsWith('[') ? [] : host.replace(/\.$/, '').split('.');
  if (
    labels.some(
      (label) => label === '' || label.length > 63 || !/^[\p{L}\p{N}\p{M}_-]+$/u.test(label) || label.startsWith('-') || label.endsWith('-'),
    )
  )
    return { kind: 'malformed', reason: 'the host is not one' };
  return { kind: 'absolute', scheme, host: host.toLowerCase(), hasPassword: at >= 0 && authority.slice(0, at).includes(':') };
}

/** True for the host itself, and for `*.example.com` for every host below it. */
export function isHostLike(host: string, pattern: string): boolean {
  const wanted = pattern.toLowerCase();
  return wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) && host.length > wanted.length - 1 : host === wanted;
}
