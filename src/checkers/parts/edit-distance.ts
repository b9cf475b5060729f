/** Room for the work on one pair of texts, used again for the next: for short texts making it would take most of the time. */
interface Desk {
  /** By code unit, the rows of the block that hold it; all 0 between the blocks. */
  rows: Int32Array;
  pattern: Uint16Array;
  text: Uint16Array;
  /** Of the row above the block, how much each column differs from the one before it: -1, 0 or 1. */
  steps: Int8Array;
}

/**
 * Makes a function that gives the Levenshtein distance of two texts in UTF-16 code units: the fewest insertions, deletions
 * and substitutions. Bit-parallel by Myers (1999) in blocks of 32 rows as by Hyyrö (2003); time is the product of both lengths ÷ 32.
 */
export function createEditDistance(): (a: string, b: string) => number {
  const desk: Desk = { rows: new Int32Array(0x1_0000), pattern: new Uint16Array(64), text: new Uint16Array(64), steps: new Int8Array(64) };
  return (a, b) => {
    const shortest = Math.min(a.length, b.length);
    let start = 0;
    while (start < shortest && a.charCodeAt(start) === b.charCodeAt(start)) start++;
    let end = 0;
    while (end < shortest - start && a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)) end++;
    const rows = a.length - start - end;
    const columns = b.length - start - end;
    if (rows === 0 || columns === 0) return rows + columns;
    if (desk.pattern.length < rows) desk.pattern = new Uint16Array(rows * 2);
    if (desk.text.length < columns) [desk.text, desk.steps] = [new Uint16Array(columns * 2), new Int8Array(columns * 2)];
    for (let row = 0; row < rows; row++) desk.pattern[row] = a.charCodeAt(start + row);
    for (let column = 0; column < columns; column++) {
      desk.text[column] = b.charCodeAt(start + column);
      desk.steps[column] = 1;
    }
    return distance(desk, rows, columns);
  };
}

function distance(desk: Desk, height: number, columns: number): number {
  const { rows, pattern, steps } = desk;
  for (let from = 0; from < height; from += 32) {
    const last = Math.min(from + 32, height) - 1;
    for (let row = from; row <= last; row++) {
      const unit = pattern[row] as number;
      rows[unit] = (rows[unit] as number) | (1 << row);
    }
    advance(desk, columns, last - from);
    for (let row = from; row <= last; row++) rows[pattern[row] as number] = 0;
  }
  let sum = height;
  for (let column = 0; column < columns; column++) sum += steps[column] as number;
  return sum;
}

/** From the steps above a block of rows to those of its last row. */
function advance({ rows, text, steps }: Desk, columns: number, lastRow: number): void {
  let rises = -1;
  let falls = 0;
  for (let column = 0; column < columns; column++) {
    const step = steps[column] as number;
    const isFall = step >>> 31;
    const isRise = -step >>> 31;
    const equal = rows[text[column] as number] as number;
    const vertical = equal | falls;
    const seen = equal | isFall;
    const horizontal = ((((seen & rises) + rises) | 0) ^ rises) | seen;
    const up = falls | ~(horizontal | rises);
    const down = rises & horizontal;
    steps[column] = ((up >>> lastRow) & 1) - ((down >>> lastRow) & 1);
    const nextUp = (up << 1) | isRise;
    rises = (down << 1) | isFall | ~(vertical | nextUp);
    falls = nextUp & vertical;
  }
}
