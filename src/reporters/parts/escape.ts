/*
 * Text of an agent, a dataset, a baseline or a pull request made harmless, one function per sink. Nothing is thrown away
 * silently: what cannot be shown is shown as its escape.
 */

const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/gu;
/** Layout, and the selectors between the text and the colour form of an emoji. */
const kept = new Set(['\n', '\t', '\ufe0e', '\ufe0f']);

/**
 * Any text as text that can be shown, line breaks and tabs kept: controls, bidi marks, zero-width and other invisible
 * characters, lone surrogates and non-characters become visible escapes such as `\u202E`. CR LF becomes LF.
 */
export function toDisplay(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(invisible, (character) => (kept.has(character) ? character : unicodeEscape(character)));
}

/** `toDisplay` on one line: a line break is shown as `⏎`, runs of white space become one space. Empty text stays empty. */
export function toLine(text: string): string {
  return toDisplay(text)
    .replace(/\s+/g, (run) => (run.includes('\n') ? ' ⏎ ' : ' '))
    .trim();
}

/** At most `max` characters as a person counts them, the last one `…` when something was cut. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const start = text.slice(0, max);
  // A segmenter takes a hundred times as long to make as a report of one sample.
  if (/^[\n\t\x20-\x7e]*$/.test(start) && /^[\n\t\x20-\x7e]/.test(text.slice(max))) return `${start.slice(0, -1)}…`;
  const kept: string[] = [];
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(startOf(text, max * 8))) {
    if (kept.length === max) return `${kept.slice(0, max - 1).join('')}…`;
    kept.push(segment);
  }
  if (kept.join('').length === text.length) return text;
  // What was taken may end inside its last character; a single one that is this long is cut nevertheless.
  return `${kept.slice(0, Math.min(max - 1, Math.max(1, kept.length - 1))).join('')}…`;
}

/** The first so many UTF-16 units, one less where they would end between the halves of a character. */
export function startOf(text: string, units: number): string {
  const isHalf = (text.charCodeAt(units - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(units) & 0xfc00) === 0xdc00;
  return text.slice(0, isHalf ? units - 1 : units);
}

/** Text for HTML content and for attributes in double or single quotes. */
export function escapeHtml(text: string): string {
  return toDisplay(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** JSON that may stand inside a `<script type="application/json">` element. */
export function escapeScriptJson(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, unicodeEscape);
}

/**
 * JSON text with every invisible character, which `JSON.stringify` leaves, as its escape, and without the `##[` of an old
 * workflow command: parsed, it gives the same value.
 */
export function escapeJson(json: string): string {
  // Most texts have none, and are long.
  if (!/[^\n\x20-\x7e]|##\[/.test(json)) return json;
  const escapes = (character: string): string =>
    kept.has(character) ? character : character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return json.replace(invisible, escapes).replace(/##(?=\[)/g, '#\\u0023');
}

/** Text for XML 1.0 content and attributes; line breaks survive in attributes too. */
export function escapeXml(text: string): string {
  return toDisplay(text).replace(/[&<>"'\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * One CSV field after RFC 4180, quoted where needed. A field that a spreadsheet would take for a formula gets a leading
 * apostrophe (OWASP ASVS 1.2.10), full-width and small forms and leading white space included.
 */
export function escapeCsv(text: string): string {
  if (/^[A-Za-z0-9]*$/.test(text)) return text;
  const shown = toDisplay(text);
  // Of a character that looks like a sign, such as a fullwidth one, input methods and spreadsheets make the sign.
  const [first = ''] = shown.replace(/^[\s']+/, '').slice(0, 2);
  const inert = /^[=+\-@\u2212]/.test(first.normalize('NFKC')) || /^[\t\r\n\0]/.test(text) ? `'${shown}` : shown;
  return /[",\n\t;']|^\s|\s$/.test(inert) ? `"${inert.replace(/"/g, '""')}"` : inert;
}

/** One line for a terminal: no escape sequence survives. */
export function escapeTerminal(text: string): string {
  return toLine(text);
}

/**
 * Text that the runner of GitHub Actions does not take for a workflow command when it is printed: `::command` at the
 * start of a line and the legacy `##[command]` anywhere are broken with a space. Colour sequences are left alone.
 */
export function escapeWorkflowCommands(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours may precede the text on a line
  return text.replace(/^((?:[^\S\n]|\u0085|\u001b\[[0-9;]*m)*):(?=:)/gm, '$1: ').replace(/##(?=\[)/g, '## ');
}

function unicodeEscape(character: string): string {
  const hex = Number(character.codePointAt(0)).toString(16).toUpperCase().padStart(4, '0');
  return character.length > 1 ? `\\u{${hex}}` : `\\u${hex}`;
}
