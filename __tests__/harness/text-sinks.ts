/* What programs make of our text files: a terminal, a spreadsheet and a reader of JUnit XML. Each gives what is wrong, in words; nothing is right. */

/** What a reader cannot see, or a terminal carries out; line breaks and tabs are layout, and the selectors of emoji are seen. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Escape sequences that the tool itself writes: colours on and off. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const ownColour = /\u001b\[(?:0|1|2|31|32|33|36)m/g;

/** What is wrong with a text that a terminal shows, or a log of a workflow. `colours`: our own ones may be in it. */
export function terminalFaults(text: string, { colours = false } = {}): string[] {
  return [...unseenFaults(colours ? text.replace(ownColour, '') : text), ...commandFaults(text)];
}

/** Characters of a text that its reader does not see, apart from line breaks. */
export function unseenFaults(text: string): string[] {
  const faults = [...text.replace(/\n/g, '')].filter((character) => unseen.test(character));
  return [...new Set(faults)].map((character) => `U+${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')} is printed`);
}

/** Lines that the runner of GitHub Actions takes for commands: `::` after white space, the old form anywhere. */
export function commandFaults(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.replace(ownColour, ''));
  return lines.filter((line) => line.trimStart().startsWith('::') || line.includes('##[')).map((line) => `a command: ${line.slice(0, 60)}`);
}

/** Rows and cells of a table as a spreadsheet reads it. @throws Error where RFC 4180 is broken */
export function csvCells(text: string, separator = ','): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quotedCell = /"((?:[^"]|"")*)"/y;
    const plainCell = new RegExp(`[^"\\r\\n${separator}]*`, 'y');
    const pattern = text[at] === '"' ? quotedCell : plainCell;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) throw new Error(`a quote is not closed at ${at}`);
    row.push(text[at] === '"' ? (match[1] ?? '').replaceAll('""', '"') : match[0]);
    at += match[0].length;
    if (text[at] === separator) at += 1;
    else if (text.startsWith('\r\n', at)) {
      rows.push(row);
      row = [];
      at += 2;
    } else if (at < text.length) throw new Error(`${JSON.stringify(text[at])} stands after a cell at ${at}`);
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

/** What is wrong with a table: another number of cells in a row, a formula, a character that is not seen. */
export function csvFaults(text: string, columns: number): string[] {
  const rows = csvCells(text);
  const ragged = rows.filter((row) => row.length !== columns).map((row) => `a row of ${row.length} cells: ${row[0]?.slice(0, 40)}`);
  const formulas = rows.flat().filter(isFormula);
  const hidden = rows.flat().filter((cell) => unseen.test(cell.replace(/[\n\t]/g, '')));
  return [
    ...ragged,
    ...formulas.map((cell) => `a formula: ${cell.slice(0, 40)}`),
    ...hidden.map((cell) => `unseen characters: ${cell.slice(0, 40)}`),
  ];
}

/** Excel, Calc and Sheets start a formula at these, in the forms of East Asian input methods too, after white space that they trim. */
function isFormula(cell: string): boolean {
  const shown = cell.normalize('NFKC').replace(/^[\s\p{Cf}\p{Cc}]+/u, '');
  return /^[=+\-@\u2212]/.test(shown) && !/^[+-]?\d+(?:\.\d+)?(?:e-?\d+)?$/i.test(cell);
}

const xmlToken = /<\?xml [^<>]*\?>|<(\/?)([A-Za-z][\w.-]*)((?:\s+[A-Za-z][\w.-]*="[^"<]*")*)\s*(\/?)>|[^<]+/y;
const xmlReference = /^(?:[^&]|&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)*$/i;

/** Elements and names of attributes of an XML text, without its texts and values. @throws Error where it is not well-formed XML 1.0 */
export function xmlStructure(text: string): string {
  const illegal = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text);
  if (illegal) throw new Error(`U+${illegal[0].codePointAt(0)?.toString(16)} may not stand in XML 1.0`);
  if (!xmlReference.test(text)) throw new Error('an ampersand stands alone');
  const open: string[] = [];
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    xmlToken.lastIndex = at;
    const match = xmlToken.exec(text);
    if (!match) throw new Error(`no XML at ${JSON.stringify(text.slice(at, at + 60))}`);
    at += match[0].length;
    const [, slash, name, attributes = '', isEmpty] = match;
    if (name === undefined) continue;
    if (slash && open.pop() !== name) throw new Error(`</${name}> closes another element`);
    if (!slash && !isEmpty) open.push(name);
    found.push(`${slash}${name}${attributes.replace(/"[^"]*"/g, '')}`);
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is not closed`);
  return found.join(' ');
}
