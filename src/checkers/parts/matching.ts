/**
 * The size of a maximum matching between `left` and `right` elements: how many of the left can each have a partner of
 * their own (Kuhn's algorithm). `missing` is the first left element that got none. `isMatch` is asked at most once per pair.
 */
export function maximumMatching(options: { left: number; right: number; isMatch: (left: number, right: number) => boolean }): {
  size: number;
  missing: number | undefined;
} {
  const candidates = Array.from({ length: options.left }, (_, left) => candidatesOf(left, options));
  const partner = new Map<number, number>();
  let size = 0;
  let missing: number | undefined;
  for (let left = 0; left < options.left; left++) {
    if (augment(left, candidates, partner, new Set())) size++;
    else missing ??= left;
  }
  return { size, missing };
}

/** More candidates than there are left elements cannot be needed: the others occupy at most all but one. */
function candidatesOf(left: number, options: { left: number; right: number; isMatch: (left: number, right: number) => boolean }): number[] {
  const found: number[] = [];
  // The same position first: lists that are mostly in order then need no search.
  for (let offset = 0; offset < options.right && found.length < options.left; offset++) {
    const right = (left + offset) % options.right;
    if (options.isMatch(left, right)) found.push(right);
  }
  return found;
}

function augment(left: number, candidates: readonly number[][], partner: Map<number, number>, seen: Set<number>): boolean {
  for (const right of candidates[left] ?? []) {
    if (seen.has(right)) continue;
    seen.add(right);
    const holder = partner.get(right);
    if (holder === undefined || augment(holder, candidates, partner, seen)) {
      partner.set(right, left);
      return true;
    }
  }
  return false;
}
