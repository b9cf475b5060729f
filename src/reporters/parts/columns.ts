const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60\uffe0-\uffe6\u3000-\u303f]/u;
const narrow = /[\p{Mn}\p{Me}]/u;

/** Terminal columns of a text: wide scripts and emoji take two, combining marks none. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += character < '\u007f' ? 1 : narrow.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}

/** At most `width` columns, the last one `…` when something was cut. */
export function clipColumns(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  let kept = '';
  let columns = 1;
  for (const character of text) {
    columns += columnsOf(character);
    if (columns > width) break;
    kept += character;
  }
  return width < 1 ? '' : `${kept}…`;
}

/** The text filled up with spaces to `width` terminal columns; a wider one stays as it is. */
export function padColumns(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

/** Spaces where a line may end: not between a number and its unit, and not inside an interval. */
const breaks = /(?<!…) (?!(?:%|pp|ms|s|min|h|…)(?:[\s,.;)]|$))/;

/** Words on lines of at most `width` columns; a longer word is broken, a number keeps its unit. Empty text gives no line. */
export function wrapColumns(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(breaks).flatMap((word) => pieces(word, width))) {
    if (line === '') line = word;
    else if (columnsOf(line) + 1 + columnsOf(word) <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
}

function pieces(word: string, width: number): string[] {
  if (columnsOf(word) <= width) return [word];
  const parts = [''];
  let columns = 0;
  for (const character of word) {
    const size = columnsOf(character);
    if (columns + size > width && columns > 0) {
      parts.push('');
      columns = 0;
    }
    parts[parts.length - 1] += character;
    columns += size;
  }
  return parts;
}
