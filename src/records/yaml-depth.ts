import { Lexer } from 'yaml';

/**
 * The line, from 1, on which YAML text comes to be nested deeper than so many levels; undefined when it never does. What makes
 * values of the text follows its levels by recursion, and where the stack ends inside a pattern, Node itself breaks off: so this is
 * asked first, and follows nothing. A list at the indent of the key above it counts with that key, so up to twice the levels pass.
 */
export function tooDeepLine(text: string, levels: number): number | undefined {
  const place: Place = { line: 1, column: 0, isLineStart: true, isAfterColon: false, columns: [], flow: 0 };
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    if (isScalar) {
      isScalar = false;
      goOn(place, token);
    } else if (token === scalarMark) {
      // What follows is the text of the scalar, which may look like any other token.
      isScalar = true;
      enter(place);
    } else if (token === '\n' || token === '\r\n') startLine(place);
    else if (!controlMarks.has(token)) {
      if (token === '[' || token === '{') place.flow += 1;
      else if (token === ']' || token === '}') place.flow = Math.max(0, place.flow - 1);
      else if (!/^[ \t#&!,%]/.test(token)) enter(place, token);
      goOn(place, token);
    }
    if (place.columns.length + place.flow > levels) return place.line;
  }
  return undefined;
}

/** Marks of the lexer (`CST` of the package), which stand for no text. */
const scalarMark = '\u001f';
const controlMarks: ReadonlySet<string> = new Set(['\ufeff', '\u0002', '\u0018']);

interface Place {
  line: number;
  column: number;
  isLineStart: boolean;
  isAfterColon: boolean;
  /** Where the blocks begin that are open, from the outside. */
  columns: number[];
  /** Brackets and braces that are open. */
  flow: number;
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
