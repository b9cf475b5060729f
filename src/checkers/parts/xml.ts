export interface XmlReading {
  /** What is wrong, in words; undefined when an element was read to its end. */
  problem?: string;
  /** Where reading ended. */
  end: number;
  /** The wanted paths of element names from the root, such as `order.item`, that are there. */
  paths: ReadonlySet<string>;
}

interface Reader {
  text: string;
  at: number;
  open: string[];
  /** Characters of the path of the open elements, a dot after each. */
  openLength: number;
  wanted: ReadonlySet<string>;
  longestWanted: number;
  paths: Set<string>;
}

// Nearly the letters that XML allows; the few that differ are in no text of an agent.
const namePattern = /[\p{L}_:][\p{L}\p{N}\p{M}_:.\-\u00b7]*/uy;
const spacePattern = /[ \t\r\n]*/y;
const entityPattern = /&(?:lt|gt|amp|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});/y;

/**
 * Reads one element with all that is in it, from its `<` on, by the rules of well-formed XML 1.0 without a document type:
 * tags that match, quoted and different attributes, known entities. Linear in the text:
 * a path longer than each wanted one is not put together, because long ones in great number would take the time.
 */
export function readXmlElement(text: string, from: number, wanted: readonly string[]): XmlReading {
  const longestWanted = wanted.reduce((longest, { length }) => Math.max(longest, length), 0);
  const reader: Reader = { text, at: from, open: [], openLength: 0, wanted: new Set(wanted), longestWanted, paths: new Set() };
  do {
    const problem = readNext(reader);
    if (problem !== undefined) return { problem, end: reader.at, paths: reader.paths };
  } while (reader.open.length > 0);
  return { end: reader.at, paths: reader.paths };
}

/** Skips a declaration, comments, instructions, white space and a document type without an internal subset. */
export function skipXmlMisc(text: string, from: number, options: { prolog: boolean }): { end: number; problem?: string } {
  let at = from;
  for (;;) {
    at = skip(spacePattern, text, at);
    const close = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '?>' : undefined;
    if (close !== undefined) {
      if (text.startsWith('<?xml ', at) && at !== from) return { end: at, problem: 'an XML declaration stands at the beginning only' };
      const end = text.indexOf(close, at + 2);
      if (end < 0) return { end: at, problem: `"${close}" is missing` };
      at = end + close.length;
    } else if (options.prolog && text.startsWith('<!DOCTYPE', at)) {
      const end = text.indexOf('>', at);
      if (end < 0 || text.slice(at, end).includes('[')) return { end: at, problem: 'a document type with an internal subset is not supported' };
      at = end + 1;
    } else return { end: at };
  }
}

function readNext(reader: Reader): string | undefined {
  const { text, at } = reader;
  if (at >= text.length) return `the element "${reader.open.at(-1)}" is not closed`;
  if (text[at] !== '<') return readText(reader);
  if (text.startsWith('</', at)) return readEndTag(reader);
  if (text.startsWith('<!--', at)) return readUntil(reader, '-->', 4);
  if (text.startsWith('<![CDATA[', at) && reader.open.length > 0) return readUntil(reader, ']]>', 9);
  if (text.startsWith('<?', at)) return readUntil(reader, '?>', 2);
  return readStartTag(reader);
}

function readUntil(reader: Reader, mark: string, skipped: number): string | undefined {
  const end = reader.text.indexOf(mark, reader.at + skipped);
  if (end < 0) return `"${mark}" is missing`;
  if (mark === '-->' && reader.text.slice(reader.at + skipped, end).includes('--')) return 'there is a "--" inside a comment';
  reader.at = end + mark.length;
  return undefined;
}

function readText(reader: Reader): string | undefined {
  const next = reader.text.indexOf('<', reader.at);
  const end = next < 0 ? reader.text.length : next;
  const problem = problemOfText(reader.text.slice(reader.at, end));
  reader.at = end;
  return problem;
}

function readEndTag(reader: Reader): string | undefined {
  const name = match(namePattern, reader.text, reader.at + 2);
  const end = skip(spacePattern, reader.text, reader.at + 2 + name.length);
  if (name === '' || reader.text[end] !== '>') return 'an end tag is not complete';
  const wanted = reader.open.pop();
  if (wanted !== name) return `"${name}" is closed, but "${wanted ?? 'nothing'}" is open`;
  reader.openLength -= name.length + 1;
  reader.at = end + 1;
  return undefined;
}

function readStartTag(reader: Reader): string | undefined {
  const name = match(namePattern, reader.text, reader.at + 1);
  if (name === '') return 'a "<" begins no tag';
  let at = reader.at + 1 + name.length;
  const attributes = new Set<string>();
  for (;;) {
    const next = skip(spacePattern, reader.text, at);
    if (reader.text[next] === '>' || reader.text.startsWith('/>', next)) {
      const isEmpty = reader.text[next] === '/';
      notePath(reader, name);
      if (!isEmpty) {
        reader.open.push(name);
        reader.openLength += name.length + 1;
      }
      reader.at = next + (isEmpty ? 2 : 1);
      return reader.open.length > 100_000 ? 'it is nested too deep' : undefined;
    }
    if (next === at) return `the tag "${name}" is not complete`;
    const attribute = readAttribute(reader.text, next);
    if (typeof attribute === 'string') return `${attribute} in the tag "${name}"`;
    if (attributes.has(attribute.name)) return `the attribute "${attribute.name}" stands twice in the tag "${name}"`;
    attributes.add(attribute.name);
    at = attribute.end;
  }
}

function notePath(reader: Reader, name: string): void {
  if (reader.openLength + name.length > reader.longestWanted) return;
  const path = [...reader.open, name].join('.');
  if (reader.wanted.has(path)) reader.paths.add(path);
}

function readAttribute(text: string, from: number): { name: string; end: number } | string {
  const name = match(namePattern, text, from);
  if (name === '') return 'there is no attribute where one should be';
  const equals = skip(spacePattern, text, from + name.length);
  const start = text[equals] === '=' ? skip(spacePattern, text, equals + 1) : -1;
  const mark = start < 0 ? '' : text[start];
  if (mark !== '"' && mark !== "'") return `the attribute "${name}" has no quoted value`;
  const end = text.indexOf(mark, start + 1);
  if (end < 0) return `the value of the attribute "${name}" does not end`;
  const value = text.slice(start + 1, end);
  if (value.includes('<')) return `there is a "<" in the attribute "${name}"`;
  return problemOfText(value) ?? { name, end: end + 1 };
}

function problemOfText(text: string): string | undefined {
  if (text.includes(']]>')) return '"]]>" stands in text';
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1))
    if (match(entityPattern, text, at) === '') return 'an "&" begins no known entity';
  return hasIllegalCharacter(text) ? 'there is a control character' : undefined;
}

function hasIllegalCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 0xfffe || code === 0xffff) return true;
  }
  return false;
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function skip(pattern: RegExp, text: string, at: number): number {
  return at + match(pattern, text, at).length;
}
