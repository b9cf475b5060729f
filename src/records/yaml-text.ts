import { Composer, type Document, Lexer, LineCounter, YAMLParseError } from 'yaml';
import { TokenParser } from './yaml-parser.ts';

/** Why a text is not read, and the line, from 1, on which that shows. */
export interface YamlRefusal {
  kind: 'deep' | 'crowded';
  line: number;
}

export interface YamlLimits {
  /** Mappings and lists inside each other. A list at the indent of the key above it counts with that key, so up to twice as many pass. */
  levels: number;
  /** Scalars, brackets, dashes, colons, commas, anchors, tags and aliases together. */
  marks: number;
  lines: number;
  /** A key that is no text is an error. */
  stringKeys?: true;
}

/** The first document of a YAML text and where its lines begin; or why the text is not read. */
export type YamlText = { document: Document.Parsed; lines: LineCounter; refusal?: undefined } | { refusal: YamlRefusal };

/**
 * Reads YAML text (1.2, core schema; the tags of 1.1 are not known). What makes values of the text follows its levels by recursion, and
 * where the stack ends inside a pattern, Node itself breaks off; and each mark and line costs some microseconds: all are limited before. Of a
 * text that is wrong all over the first errors are found. Keys that stand twice are left to whoever takes the values: the package
 * compares each with every other one.
 */
export function readYamlText(text: string, limits: YamlLimits): YamlText {
  const crowded = lineBeyond(text, limits.lines);
  if (crowded !== undefined) return { refusal: { kind: 'crowded', line: crowded } };
  const { stackTraceLimit } = Error;
  // The package makes an error of whatever is wrong, and to note where it was made takes several times longer than the rest.
  Error.stackTraceLimit = 0;
  try {
    return compose(text, limits);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The first line above so many; undefined: there are no more. */
function lineBeyond(text: string, limit: number): number | undefined {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    line += 1;
    if (line > limit) return line;
  }
  return undefined;
}

/** Of the syntax, found before values are made. */
const maxErrors = 20;

function compose(text: string, limits: YamlLimits): YamlText {
  const lines = new LineCounter();
  const seen: { refusal?: YamlRefusal } = {};
  const options = { version: '1.2', schema: 'core', merge: false, uniqueKeys: false, resolveKnownTags: false, logLevel: 'error' } as const;
  const composer = new Composer({ ...options, stringKeys: limits.stringKeys === true });
  let document: Document.Parsed | undefined;
  for (const found of composer.compose(tokensOf(text, lines, { limits, seen }), true, text.length)) {
    document ??= found;
    if (document === found) continue;
    const [start, end] = found.range;
    document.errors.push(new YAMLParseError([start, end], 'MULTIPLE_DOCS', 'a second document begins here'));
    break;
  }
  if (seen.refusal) return { refusal: seen.refusal };
  if (!document) throw new Error('the YAML package gave no document'); // it always gives one when it is asked to
  return { document, lines };
}

/** The text's tokens, until there is a reason to stop. */
function* tokensOf(text: string, lines: LineCounter, { limits, seen }: { limits: YamlLimits; seen: { refusal?: YamlRefusal } }) {
  const place: Place = { line: 1, column: 0, isLineStart: true, isAfterColon: false, isScalar: false, columns: [], flow: 0, marks: 0 };
  const parser = new TokenParser(lines.addNewLine);
  lines.addNewLine(0);
  let errors = 0;
  for (const token of new Lexer().lex(text)) {
    step(place, token);
    if (place.columns.length + place.flow > limits.levels) seen.refusal = { kind: 'deep', line: place.line };
    else if (place.marks > limits.marks) seen.refusal = { kind: 'crowded', line: place.line };
    if (seen.refusal) return;
    for (const made of parser.take(token)) {
      if (made.type === 'error') errors += 1;
      yield made;
      if (errors === maxErrors) return;
    }
  }
  yield* parser.end();
}

/** Marks of the lexer (`CST` of the package), which stand for no text. */
const scalarMark = '\u001f';
const controlMarks: ReadonlySet<string> = new Set(['\ufeff', '\u0002', '\u0018']);

interface Place {
  line: number;
  column: number;
  isLineStart: boolean;
  isAfterColon: boolean;
  /** What follows is the text of a scalar, which may look like any other token. */
  isScalar: boolean;
  /** Where the blocks begin that are open, from the outside. */
  columns: number[];
  /** Brackets and braces that are open. */
  flow: number;
  marks: number;
}

/** Goes on by one token of the lexer. */
function step(place: Place, token: string): void {
  if (place.isScalar) {
    place.isScalar = false;
    goOn(place, token);
  } else if (token === scalarMark) {
    place.isScalar = true;
    place.marks += 1;
    enter(place);
  } else if (token === '\n' || token === '\r\n') startLine(place);
  else if (!controlMarks.has(token)) {
    const first = token.charAt(0);
    if (!' \t#'.includes(first)) {
      place.marks += 1;
      if (token === '[' || token === '{') place.flow += 1;
      else if (token === ']' || token === '}') place.flow = Math.max(0, place.flow - 1);
      else if (!'&!,%'.includes(first)) enter(place, token);
    }
    goOn(place, token);
  }
}

/** Something begins here: at the start of a line beside or outside of what stood there, else inside of it. */
function enter(place: Place, token = ''): void {
  if (place.flow > 0) return;
  if (place.isLineStart) while ((place.columns.at(-1) ?? -1) >= place.column) place.columns.pop();
  place.columns.push(place.column);
  place.isLineStart = false;
  place.isAfterColon = token === ':';
}

function goOn(place: Place, token: string): void {
  const end = token.lastIndexOf('\n');
  if (end < 0) {
    place.column += token.length;
    return;
  }
  for (let at = token.indexOf('\n'); at !== -1; at = token.indexOf('\n', at + 1)) place.line += 1;
  place.column = token.length - end - 1;
  if (place.column === 0) place.isLineStart = true;
}

function startLine(place: Place): void {
  // The value of the key stands below: its own column is what counts.
  if (place.isAfterColon && place.flow === 0) place.columns.pop();
  place.isAfterColon = false;
  place.line += 1;
  place.column = 0;
  place.isLineStart = true;
}
