import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

/*
 * What GitHub makes of a markdown text: the tree of a GFM parser (tables, task lists, strikethrough, footnotes, autolinks), then
 * what GitHub does beyond it to text outside of code (mentions, references, commits, emoji, alerts) and to raw HTML
 * (only the tags and attributes that its sanitizer lets through). Two texts whose structure is equal are shown alike but for
 * their words.
 */

export interface MarkdownReading {
  /** The tree with the text removed, as JSON. */
  structure: string;
  /** The same with code elements taken for words: what may differ where words of somebody else are a phrase of ours. */
  outline: string;
  /** References that GitHub would link or render in text outside of code. */
  live: string[];
  /** Addresses of links and images. */
  urls: string[];
  /** HTML comments, which no reader sees and our own programs look for. */
  comments: string[];
}

interface Node {
  type: string;
  value?: string;
  url?: string;
  depth?: number;
  checked?: boolean | null;
  ordered?: boolean | null;
  align?: (string | null)[] | null;
  lang?: string | null;
  children?: Node[];
}

const parser = unified().use(remarkParse).use(remarkGfm);

/** Reads a text as GitHub would. Never throws. */
export function readMarkdown(text: string): MarkdownReading {
  const root = parser.parse(text) as Node;
  const reading: MarkdownReading = { structure: '', outline: '', live: [], urls: [], comments: [] };
  collect(root, reading);
  reading.structure = JSON.stringify(shapeOf(root, false));
  reading.outline = JSON.stringify(shapeOf(root, true));
  return reading;
}

function shapeOf(node: Node, isOutline: boolean): unknown {
  const type = isOutline && node.type === 'inlineCode' ? 'text' : node.type;
  if (node.type === 'html') return tagsOf(node.value ?? '');
  const traits = [type, node.depth, node.ordered, node.checked, node.lang, node.align?.join()].filter(
    (trait) => trait !== undefined && trait !== null,
  );
  const label = alertOf(node) ?? traits.join(' ');
  if (!node.children) return label;
  const children = node.children.map((child) => shapeOf(child, isOutline));
  return [label, ...(isOutline ? children.filter((child, index) => child !== 'text' || children[index - 1] !== 'text') : children)];
}

/** A quote that begins with such a line is an alert, with a colour and a title. */
function alertOf(node: Node): string | undefined {
  if (node.type !== 'blockquote') return undefined;
  const first = node.children?.[0]?.children?.[0]?.value ?? '';
  const kind = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*(?:\n|$)/i.exec(first)?.[1];
  return kind === undefined ? undefined : `alert ${kind.toLowerCase()}`;
}

/** Outside of these GitHub removes a tag, and its content stays. @see https://github.com/gjtorikian/html-pipeline, its allow list */
const allowedTags = new Set(
  'h1 h2 h3 h4 h5 h6 br b i strong em a pre code img tt div ins del sup sub p picture ol ul table thead tbody tfoot blockquote dl dt dd kbd q samp var hr ruby rt rp li tr td th s strike summary details caption figure figcaption abbr bdo cite dfn mark small source span time wbr'.split(
    ' ',
  ),
);

/** The tags of raw HTML that survive, with their attributes; what is between them is text. */
function tagsOf(html: string): string {
  const tags = [...html.matchAll(/<(\/?)([a-z][a-z0-9-]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>/gi)];
  const kept = tags.filter(([, , name = '']) => allowedTags.has(name.toLowerCase()));
  return `html ${kept.map(([, slash = '', name = '', rest = '']) => `<${slash}${name.toLowerCase()}${rest.replace(/=.*/, '')}>`).join('')}`;
}

function collect(node: Node, reading: MarkdownReading): void {
  if (node.url !== undefined) reading.urls.push(node.url);
  if (node.type === 'text') reading.live.push(...liveIn(node.value ?? ''));
  if (node.type === 'html') {
    reading.comments.push(...(node.value?.match(/<!--[\s\S]*?(?:-->|$)/g) ?? []));
    const outside = (node.value ?? '').replace(/<code>[^<]*<\/code>/g, '').replace(/<[^>]*>/g, '');
    reading.live.push(...liveIn(unescaped(outside)));
  }
  for (const child of node.children ?? []) collect(child, reading);
}

/** What GitHub's own filters look for in text nodes, more rather than less. */
const references: readonly RegExp[] = [
  /(?<![A-Za-z0-9_])@[\p{L}\p{N}_]/gu,
  /#\d/g,
  /gh-\d/gi,
  /ghsa-[a-z0-9]/gi,
  /cve-\d/gi,
  /[0-9a-f]{7,}/gi,
  /:\/\//g,
  /www\.[^\s]/gi,
  /(?:mailto|xmpp):[^\s\u200b]/gi,
  /:[\w+-]+:/g,
];

function liveIn(text: string): string[] {
  return references.flatMap((pattern) => text.match(pattern) ?? []);
}

function unescaped(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
