import type { Json } from '../../records/json.ts';
import { safeTextOf } from './pairs.ts';

/** A text that may be cited. */
export interface Source {
  id: string;
  text: string;
}

/** Citations and quotes of one text that are looked at. */
const maxSpans = 2_000;

/** The texts of a context: one text is source 1, a list counts from 1 where its elements have no id. Anything else gives none. */
export function sourcesOf(context: Json): Source[] {
  if (typeof context === 'string') return context.trim() === '' ? [] : [{ id: '1', text: context }];
  if (context === null || typeof context !== 'object') return [];
  if (!Array.isArray(context)) return Object.entries(context).map(([id, value]) => ({ id, text: textOfSource(value) }));
  return context.map((item, index) => {
    const id = item !== null && typeof item === 'object' && !Array.isArray(item) ? item.id : undefined;
    return { id: typeof id === 'string' || typeof id === 'number' ? String(id) : String(index + 1), text: textOfSource(item) };
  });
}

function textOfSource(value: Json): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return safeTextOf(value);
  for (const key of ['text', 'content', 'page_content', 'pageContent']) {
    const text = value[key];
    if (typeof text === 'string') return text;
  }
  return safeTextOf(value);
}

/**
 * The ids that a text cites: `[1]`, `[1, 2]`, `[^1]`, `[doc:a]`, `[source 2]`, `【3†…】`, and any known id in brackets. Links
 * of Markdown, and words in brackets that are no id, are no citations.
 */
export function findCitations(text: string, known: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(/\[([^[\]\n]{1,80})\](\()?|\u3010([^\u3010\u3011\n]{1,80})\u3011/g)) {
    if (found.length >= maxSpans) break;
    if (match[2] === '(') continue;
    const inside = (match[1] ?? match[3]?.split('\u2020')[0] ?? '').trim();
    if (known.has(inside.toLowerCase())) {
      found.push(inside);
      continue;
    }
    const parts = inside.split(/[,;]/).map((part) => part.trim());
    const ids = parts.map((part) => citedId(part, known));
    if (ids.every((id) => id !== undefined)) found.push(...ids);
  }
  return found;
}

function citedId(part: string, known: ReadonlySet<string>): string | undefined {
  const [, prefix, id = part] = /^(\^|#|(?:docs?|documents?|sources?|refs?|cite)(?:[:#=]\s?|\s))\s?(\S.*)$/i.exec(part) ?? [];
  const isCited = prefix !== undefined || /^\d{1,4}$/.test(part) || known.has(part.toLowerCase());
  return isCited ? id : undefined;
}

/** What stands between double quotes of any kind, from so many words on, without an ellipsis or a full stop at its end. */
export function quotedSpans(text: string, minWords: number): string[] {
  const spans: string[] = [];
  for (const match of text.matchAll(
    /"([^"\n]{1,1000})"|\u201c([^\u201c\u201d\n]{1,1000})\u201d|\u201e([^\u201e\u201c\u201d\n]{1,1000})[\u201c\u201d]|\u00ab([^\u00ab\u00bb\n]{1,1000})\u00bb|\u300c([^\u300c\u300d\n]{1,1000})\u300d/g,
  )) {
    if (spans.length >= maxSpans) break;
    const span = (match[1] ?? match[2] ?? match[3] ?? match[4] ?? match[5] ?? '').trim().replace(/[.,;:!?\u2026]{1,5}$/, '');
    const isAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(span);
    const words = isAsian ? span.length / 2 : span.split(/\s+/).length;
    if (span !== '' && words >= minWords) spans.push(span);
  }
  return spans;
}
