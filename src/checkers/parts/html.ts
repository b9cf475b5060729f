/** What a text holds of HTML. */
export interface HtmlReading {
  /** Names of the elements that begin and end in it, in lower case. */
  elements: ReadonlySet<string>;
  /** What is wrong first, in words; undefined when every element is closed in its order. */
  problem?: string;
  /** Text stands outside of every element. */
  hasTextOutside: boolean;
}

const known = new Set(
  (
    'a abbr address article aside audio b bdi bdo blockquote body button canvas caption center cite code colgroup data datalist dd del details dfn dialog ' +
    'div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hgroup html i iframe ins kbd label legend li main map mark menu ' +
    'meter nav noscript object ol optgroup option output p picture pre progress q rp rt ruby s samp script search section select slot small span strong ' +
    'style sub summary sup svg math table tbody td template textarea tfoot th thead time title tr u ul var video'
  ).split(' '),
);
const empty = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
/** Their end tags may be left out. */
const optional = new Set('body caption colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr'.split(' '));
/** What is in them is no HTML up to their end tag. */
const raw = new Set(['script', 'style', 'textarea', 'title']);
const foreign = new Set(['svg', 'math']);

interface Reader {
  text: string;
  at: number;
  open: string[];
  /** Elements that are open and of which all inside is of another language. */
  foreignDepth: number;
  elements: Set<string>;
  problem: string | undefined;
  hasTextOutside: boolean;
}

const namePattern = /[a-z][a-z0-9-]{0,63}/iy;
// A value in quotes, or anything else up to the end of the tag or the next quote; sticky, so that every character is read once.
const tagRestPattern = /[^<>"']+|"[^"]*"|'[^']*'/y;

/** Reads a text as HTML by tags: known and custom elements, end tags that match, what may be left out. Linear in the text. */
export function readHtml(text: string): HtmlReading {
  const reader: Reader = { text, at: 0, open: [], foreignDepth: 0, elements: new Set(), problem: undefined, hasTextOutside: false };
  while (reader.at < text.length) readNext(reader);
  const left = reader.open.filter((name) => !optional.has(name)).at(-1);
  if (left !== undefined) note(reader, `the element "${left}" is not closed`);
  for (const name of reader.open) if (optional.has(name)) reader.elements.add(name);
  const { elements, problem, hasTextOutside } = reader;
  return { elements, hasTextOutside, ...(problem === undefined ? {} : { problem }) };
}

function note(reader: Reader, problem: string): void {
  reader.problem ??= problem;
}

function readNext(reader: Reader): void {
  const { text, at } = reader;
  if (text[at] !== '<') readText(reader, text.indexOf('<', at));
  else if (text.startsWith('<!--', at)) skipTo(reader, '-->', 4, 'a comment does not end');
  else if (text.startsWith('<!', at)) skipTo(reader, '>', 2, 'a declaration does not end');
  else if (text.startsWith('<?', at)) {
    note(reader, 'it is XML, not HTML');
    skipTo(reader, '>', 2, 'a declaration does not end');
  } else readTag(reader);
}

function readTag(reader: Reader): void {
  const { text, at } = reader;
  const isEnd = text[at + 1] === '/';
  namePattern.lastIndex = at + (isEnd ? 2 : 1);
  const name = namePattern.exec(text)?.[0].toLowerCase();
  if (name === undefined) {
    readText(reader, text.indexOf('<', at + 1));
    return;
  }
  const end = endOfTag(text, namePattern.lastIndex);
  reader.at = end === undefined ? text.length : end + 1;
  if (end === undefined) note(reader, `the tag "${name}" is not complete`);
  else if (isEnd) readEndTag(reader, name);
  else readStartTag(reader, name, text[end - 1] === '/');
}

function readText(reader: Reader, next: number): void {
  const end = next < 0 ? reader.text.length : next;
  if (reader.open.length === 0 && reader.text.slice(reader.at, end).trim() !== '') reader.hasTextOutside = true;
  reader.at = end;
}

function skipTo(reader: Reader, mark: string, skipped: number, problem: string): void {
  const end = reader.text.indexOf(mark, reader.at + skipped);
  if (end < 0) note(reader, problem);
  reader.at = end < 0 ? reader.text.length : end + mark.length;
}

/** Index of the `>`; undefined when the tag does not end. */
function endOfTag(text: string, from: number): number | undefined {
  let at = from;
  while (text[at] !== '>') {
    tagRestPattern.lastIndex = at;
    if (!tagRestPattern.test(text)) return undefined;
    at = tagRestPattern.lastIndex;
  }
  return at;
}

function readStartTag(reader: Reader, name: string, isClosed: boolean): void {
  const isForeign = reader.foreignDepth > 0;
  if (!known.has(name) && !empty.has(name) && !name.includes('-') && !isForeign) note(reader, `"${name}" is no element of HTML`);
  else if (empty.has(name) || (isClosed && (isForeign || foreign.has(name)))) reader.elements.add(name);
  else if (raw.has(name)) readRaw(reader, name);
  else {
    closeOptional(reader, name);
    reader.open.push(name);
    if (foreign.has(name)) reader.foreignDepth++;
  }
}

const cells = new Set(['td', 'th']);

/** A cell ends the cell before it, a row the row, and so on; a look at the innermost few is enough. */
function closeOptional(reader: Reader, next: string): void {
  const last = reader.open.at(-1);
  if (last === undefined || !optional.has(last)) return;
  if (
    last === next ||
    (cells.has(last) && (cells.has(next) || next === 'tr')) ||
    (last === 'dt' && next === 'dd') ||
    (last === 'dd' && next === 'dt')
  ) {
    reader.elements.add(last);
    reader.open.pop();
    if (next === 'tr' && cells.has(last)) closeOptional(reader, next);
  }
}

function readRaw(reader: Reader, name: string): void {
  const pattern = new RegExp(`</${name}[\\s/>]`, 'gi');
  pattern.lastIndex = reader.at;
  const end = pattern.exec(reader.text);
  if (!end) {
    reader.at = reader.text.length;
    note(reader, `the element "${name}" is not closed`);
    return;
  }
  const close = reader.text.indexOf('>', end.index);
  reader.elements.add(name);
  reader.at = close < 0 ? reader.text.length : close + 1;
}

function readEndTag(reader: Reader, name: string): void {
  const { open, elements } = reader;
  while (open.length > 0 && open.at(-1) !== name && optional.has(open.at(-1) ?? '')) elements.add(open.pop() ?? '');
  if (empty.has(name)) note(reader, `"${name}" has no end tag`);
  else if (open.at(-1) !== name) note(reader, `"${name}" is closed, but "${open.at(-1) ?? 'nothing'}" is open`);
  else {
    open.pop();
    elements.add(name);
    if (foreign.has(name)) reader.foreignDepth--;
  }
}
