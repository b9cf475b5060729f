import { toDisplay, toLine } from './escape.ts';
import { parsePhrase } from './phrase.ts';

/**
 * Text as one inline code element, also inside a table row. A pipe is escaped for the row; a backslash before it, which
 * no table can hold, is shown as U+2216. Empty text is shown as `(empty)`, so that the structure never depends on it.
 */
export function markdownCode(text: string): string {
  const shown = breakMarkers(toLine(text)) || '(empty)';
  const inert = shown.replace(/\\+\|?/g, (run) => (run.endsWith('|') ? `${'∖'.repeat(run.length - 1)}|` : run)).replace(/\|/g, '\\|');
  const fence = '`'.repeat(longestRun(inert) + 1);
  const pad = inert.startsWith('`') || inert.endsWith('`') ? ' ' : '';
  return fence + pad + inert + pad + fence;
}

/** Text as a fenced block; the fence is longer than any run of backticks in it. `language` is ours, never data. */
export function markdownFence(text: string, language = ''): string[] {
  const shown = breakMarkers(toDisplay(text));
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return [fence + language, ...shown.split('\n'), fence];
}

/**
 * Words on one line with every character that means something escaped. Mentions, references, addresses, commit ids and
 * names of emoji are broken with a zero-width space, the way that is known to keep GitHub from linking them.
 */
export function markdownText(text: string): string {
  return breakLinks(breakMarkers(toLine(text)))
    .replace(/[\\`*_[\]~]|\$(?!\d)/g, '\\$&')
    .replace(/[&<>|]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/^(?:[-=#:]|\+(?=\s|$)|\d+(?=[.)](?:\s|$)))/, (start) => (/^\d/.test(start) ? `${start}\\` : `\\${start}`));
}

/** A phrase: its names and quoted texts as code, the words between them as text. */
export function markdownPhrase(phrase: string): string {
  const parts = parsePhrase(phrase);
  return parts
    .map((part, index) => {
      if (part.kind === 'text') return spaced(part.text);
      // The backticks of two code elements side by side would be read as one run.
      return (parts[index - 1]?.kind === 'code' ? '\u200b' : '') + markdownCode(part.text);
    })
    .join('');
}

/** A link with an address of ours; anything but http and https gives the text alone. */
export function markdownLink(label: string, url: string | undefined): string {
  const target = url === undefined ? undefined : safeUrl(url);
  return target === undefined ? label : `[${label}](${target})`;
}

/** An http(s) address with everything percent-encoded behind its host that could end it; otherwise undefined. */
export function safeUrl(url: string): string | undefined {
  const host = /^https?:\/\/(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d+)?(?=[/?#]|$)/.exec(url)?.[0];
  if (host === undefined) return undefined;
  const rest = toDisplay(url.slice(host.length));
  return host + rest.replace(/[^A-Za-z0-9\-._~:/?#@!$&+,;=%]/gu, (character) => encodeURIComponent(character).replace(/[()'*]/g, percentEncode));
}

/** Keeps the white space at both ends, which joins the parts of a phrase: of text that is never empty. */
function spaced(text: string): string {
  const inner = markdownText(text);
  if (inner === '') return ' ';
  return (/^\s/.test(text) ? ' ' : '') + inner + (/\s$/.test(text) ? ' ' : '');
}

function breakMarkers(text: string): string {
  return text.replace(/<!-/g, '<! -');
}

/**
 * No word boundary is asked for: what GitHub takes for one differs by the kind of reference, and `_www.example` and
 * `_4f2a9c1_` are links to it.
 */
function breakLinks(text: string): string {
  return text
    .replace(/@(?=[\p{L}\p{N}_-])/gu, '@\u200b')
    .replace(/#(?=\d)/g, '#\u200b')
    .replace(/(gh|cve)-(?=\d)/gi, '$1-\u200b')
    .replace(/(ghsa)-(?=\w)/gi, '$1-\u200b')
    .replace(/:(?=\/\/)/g, ':\u200b')
    .replace(/(www)\.(?=\S)/gi, '$1\u200b.')
    .replace(/(mailto|xmpp):(?=\S)/gi, '$1:\u200b')
    .replace(/:(?=[\w+-]+:)/g, ':\u200b')
    .replace(/[0-9a-f]{7,}/gi, (digits) => digits.replace(/.{6}(?=.)/g, '$&\u200b'));
}

function longestRun(text: string): number {
  let longest = 0;
  for (const match of text.matchAll(/`+/g)) longest = Math.max(longest, match[0].length);
  return longest;
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
