/** Values of one config file after its aliases are written out, at most. */
export const maxValues = 100_000;
/** Mappings and lists inside each other, at most. */
export const maxDepth = 60;
/** Keys that would reach into the prototype of a plain object. */
export const poisonKeys: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** Finite, and no whole number that reading it may have rounded. */
export function isExactNumber(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}
