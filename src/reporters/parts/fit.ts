import { startOf } from './escape.ts';
import { utf8Bytes } from './format.ts';

/**
 * The rendering with the most rows that stays within the limit, or undefined when even none does. More rows must not
 * give a shorter text.
 */
export function fitRows(total: number, maxBytes: number, render: (rows: number) => string): string | undefined {
  const all = render(total);
  if (utf8Bytes(all) <= maxBytes) return all;
  let best: string | undefined;
  let low = 0;
  let high = total - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const text = render(middle);
    if (utf8Bytes(text) <= maxBytes) {
      best = text;
      low = middle + 1;
    } else high = middle - 1;
  }
  return best;
}

/** As `fitRows` for a text in pieces, of which no more than 1 MB is held at any time. */
export function fitPieces(total: number, maxBytes: number, render: (rows: number) => Iterable<string>): Iterable<string> | undefined {
  const all = heldIfFits(render(total), maxBytes);
  if (all) return all.isWhole ? all.pieces : render(total);
  let best: number | undefined;
  let low = 0;
  let high = total - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (heldIfFits(render(middle), maxBytes)) {
      best = middle;
      low = middle + 1;
    } else high = middle - 1;
  }
  return best === undefined ? undefined : render(best);
}

const maxHeld = 1_000_000;

/** Undefined as soon as the pieces exceed the limit. A text that is short is kept, so that it need not be made twice. */
function heldIfFits(pieces: Iterable<string>, maxBytes: number): { pieces: string[]; isWhole: boolean } | undefined {
  const held: string[] = [];
  let bytes = 0;
  for (const piece of pieces) {
    bytes += utf8Bytes(piece);
    if (bytes > maxBytes) return undefined;
    if (bytes <= maxHeld) held.push(piece);
    else held.length = 0;
  }
  return { pieces: held, isWhole: bytes <= maxHeld };
}

/** The first rows of several lists taken as one; lists left without a row are dropped. */
export function takeRows<G extends { rows: { readonly length: number; slice(start: number, end: number): G['rows'] } }>(
  groups: readonly G[],
  rows: number,
): G[] {
  let left = rows;
  return groups.flatMap((group) => {
    const taken = group.rows.slice(0, left);
    left -= taken.length;
    return taken.length > 0 ? [{ ...group, rows: taken }] : [];
  });
}

/** Plain text cut to the limit between characters as a person sees them. */
export function clipBytes(text: string, maxBytes: number): string {
  if (utf8Bytes(text) <= maxBytes) return text;
  const kept: string[] = [];
  let bytes = 3;
  // No character has less than a byte.
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(startOf(text, maxBytes))) {
    bytes += utf8Bytes(segment);
    if (bytes > maxBytes) break;
    kept.push(segment);
  }
  return maxBytes < 3 ? '' : `${kept.join('')}…`;
}
