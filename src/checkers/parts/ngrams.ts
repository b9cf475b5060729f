/** How often each item stands in a list. */
export function countItems(items: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** Runs of `size` neighbours, joined by `separator`. */
export function* ngramsOf(items: readonly string[], size: number, separator: string): Generator<string> {
  for (let at = 0; at + size <= items.length; at++) yield size === 1 ? (items[at] ?? '') : items.slice(at, at + size).join(separator);
}

/** Items that two counts share, each at most as often as it stands in both. */
export function sharedCount(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let shared = 0;
  for (const [item, count] of a) shared += Math.min(count, b.get(item) ?? 0);
  return shared;
}

/** The words between white space, any that Unicode knows. */
export function splitWords(text: string): string[] {
  return text.split(/\p{White_Space}+/u).filter((word) => word !== '');
}
