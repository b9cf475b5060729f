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

/** The first rows of several lists taken as one; lists left without a row are dropped. */
export function takeRows<G extends { rows: readonly unknown[] }>(groups: readonly G[], rows: number): G[] {
  let left = rows;
  return groups.flatMap((group) => {
    const taken = group.rows.slice(0, left);
    left -= taken.length;
    return taken.length > 0 ? [{ ...group, rows: taken }] : [];
  });
}

/** Plain text cut to the limit between characters. */
export function clipBytes(text: string, maxBytes: number): string {
  if (utf8Bytes(text) <= maxBytes) return text;
  const kept: string[] = [];
  let bytes = 3;
  for (const character of text) {
    bytes += utf8Bytes(character);
    if (bytes > maxBytes) break;
    kept.push(character);
  }
  return maxBytes < 3 ? '' : `${kept.join('')}…`;
}
