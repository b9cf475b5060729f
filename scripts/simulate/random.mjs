import { product } from './product.mjs';

/** The product's seeded generator, with what only the simulated worlds need. @param {string} seed */
export function createRandom(seed) {
  // Its hash takes a character for a byte; the names of cells hold others.
  const random = product.createRandom(Buffer.from(seed, 'utf8').toString('latin1'));
  /** The list in random order (Fisher and Yates), a copy. */
  const shuffle = (list) => {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = Math.floor(random.uniform() * (i + 1));
      [copy[i], copy[j]] = [copy[j], copy[i]];
    }
    return copy;
  };
  return { ...random, shuffle };
}
