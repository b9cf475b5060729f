/** Holm's step-down adjusted p-values, in the order given. */
export function holm(pValues: readonly number[]): number[] {
  const adjusted = new Array<number>(pValues.length).fill(1);
  let largest = 0;
  for (const [rank, index] of ascending(pValues).entries()) {
    largest = Math.max(largest, Math.min(1, (pValues[index] ?? 1) * (pValues.length - rank)));
    adjusted[index] = largest;
  }
  return adjusted;
}

/**
 * Step-up adjusted p-values: adj_(k) = min over l ≥ k of expectedFalse(p_(l)) / l, at most 1, in the order given.
 * `expectedFalse(t)` is the number of unchanged samples expected at or below t. With t · N this is Benjamini–Hochberg;
 * with the sum of the attainable p-values it is the discrete version (Heyse 2011).
 */
export function stepUp(pValues: readonly number[], expectedFalse: (threshold: number) => number): number[] {
  const adjusted = new Array<number>(pValues.length).fill(1);
  const known = new Map<number, number>();
  let smallest = 1;
  for (const [fromTop, index] of ascending(pValues).reverse().entries()) {
    const p = pValues[index] ?? 1;
    const expected = known.get(p) ?? expectedFalse(p);
    known.set(p, expected);
    smallest = Math.min(smallest, expected / (pValues.length - fromTop));
    adjusted[index] = smallest;
  }
  return adjusted;
}

function ascending(pValues: readonly number[]): number[] {
  return pValues.map((_, index) => index).sort((a, b) => (pValues[a] ?? 1) - (pValues[b] ?? 1) || a - b);
}
